import Reporting
import Results

/// The configurations and environments behind every number.
struct OriginsSection {
  let report: Report

  init(_ report: Report) { self.report = report }

  var html: HTML {
    HTML.joined(
      report.curves.map { curve in
        HTML.element(
          "details", [:], HTML.element("summary", [:], HTML("\(curve.name) on \(curve.dataset)")), HTML.descriptions(Self.facts(curve)),
          settings(curve), configuration(curve))
      })
  }

  private func settings(_ curve: ReportCurve) -> HTML {
    guard let results = curve.results else { return .empty }
    return HTML.element(
      "details", [:], HTML.element("summary", [:], HTML("Settings of the model or codec")),
      HTML.element("pre", ["tabindex": "0"], HTML(Self.lines(results.model.settings, depth: 0))))
  }

  private func configuration(_ curve: ReportCurve) -> HTML {
    guard let configuration = curve.configuration else { return .empty }
    return HTML.element(
      "details", [:], HTML.element("summary", [:], HTML("Configuration of the measurement")),
      HTML.element("pre", ["tabindex": "0"], HTML(configuration)))
  }

  /// What is known of a curve, name by name.
  static func facts(_ curve: ReportCurve) -> [(String, String)] {
    var facts = [("file", curve.measured.place), ("what", curve.measured.description)]
    if let origin = curve.origin { facts.append(("source", origin)) }
    facts.append(("rate", words(curve.measured.rateKind)))
    guard let results = curve.results else { return facts.filter { !$0.1.isEmpty } }
    let environment = results.environment
    facts += [
      ("model or codec", results.model.classPath), ("parameters", results.model.parameterCount.map(NumberText.grouped) ?? ""),
      ("training step", results.model.trainingStep.map(NumberText.grouped) ?? ""), ("weights", weights(results)),
      ("data set", "\(results.dataset.name), \(results.dataset.imageCount) images of folder \(results.dataset.folder)"),
      ("manifest", results.dataset.manifestSHA256 ?? ""), ("seed", environment.seed.map(String.init) ?? ""),
      ("program", "benchpresso \(environment.benchpressoVersion)\(environment.gitCommit.map { ", commit \($0)" } ?? "")"),
      ("libtorch", environment.libtorchVersion ?? ""),
      ("machine", "\(environment.cpuModel), \(environment.operatingSystem), \(environment.device), \(environment.threads) threads"),
      ("codecs", environment.codecVersions.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")),
      ("date", environment.date),
    ]
    return facts.filter { !$0.1.isEmpty }
  }

  private static func weights(_ results: ResultsFile) -> String {
    if let hash = results.model.weightsSHA256, results.points.allSatisfy({ $0.model?.weightsSHA256 == nil }) { return "SHA-256 \(hash)" }
    let own = results.points.compactMap { point in point.model?.weightsSHA256.map { "\(point.label): \($0)" } }
    return own.isEmpty ? "" : "SHA-256 \(own.joined(separator: "; "))"
  }

  private static func words(_ kind: MeasuredCurve.RateKind) -> String {
    switch kind {
    case .file: "whole files"
    case .payload: "entropy-coded bytes as bpp, whole files as bpp_file"
    case .unknown: "the source does not say what it counts"
    }
  }

  /// Settings as indented lines.
  static func lines(_ value: JSONValue, depth: Int) -> String {
    let space = String(repeating: "  ", count: depth)
    switch value {
    case .object(let values):
      return values.sorted { $0.key < $1.key }.map { key, value in
        switch value {
        case .object(let inner) where !inner.isEmpty: "\(space)\(key):\n\(lines(value, depth: depth + 1))"
        case .array(let inner) where !inner.isEmpty: "\(space)\(key):\n\(lines(value, depth: depth + 1))"
        default: "\(space)\(key): \(word(value))\n"
        }
      }.joined()
    case .array(let values):
      return values.map { value in
        switch value {
        case .object, .array: "\(space)-\n\(lines(value, depth: depth + 1))"
        default: "\(space)- \(word(value))\n"
        }
      }.joined()
    default: return "\(space)\(word(value))\n"
    }
  }

  private static func word(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): value
    case .array: "[]"
    case .object: "{}"
    }
  }
}
