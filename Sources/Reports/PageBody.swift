import Reporting
import Results

/// The sections of the page.
struct PageBody {
  let report: Report

  init(_ report: Report) { self.report = report }

  /// One section.
  private struct Section {
    let id: String
    let title: String
    let content: HTML
  }

  private var sections: [Section] {
    var all = [Section(id: "reading", title: "Reading it", content: reading)]
    if !report.curves.isEmpty { all.append(Section(id: "curves", title: "Rate and distortion", content: Self.placeForScript)) }
    if !report.comparisons.isEmpty { all.append(Section(id: "deltas", title: "Bjøntegaard deltas", content: deltas)) }
    if !report.thesis.isEmpty { all.append(Section(id: "thesis", title: "The thesis beside this", content: thesis)) }
    if report.curves.contains(where: { $0.measured.points.contains { !$0.images.isEmpty } }) {
      all.append(Section(id: "images", title: "Image by image", content: Self.placeForScript))
    }
    if !report.pictures.pictures.isEmpty { all.append(Section(id: "pictures", title: "Pictures", content: Self.placeForScript)) }
    if !report.timings.isEmpty { all.append(Section(id: "times", title: "Latency and throughput", content: times)) }
    if !report.drawings.isEmpty { all.append(Section(id: "models", title: "Models", content: models)) }
    all.append(Section(id: "findings", title: "Plausibility", content: findings))
    all.append(Section(id: "origins", title: "Where the numbers come from", content: OriginsSection(report).html))
    return all
  }

  var html: HTML {
    let sections = sections
    let links = sections.map { HTML.element("li", [:], HTML.element("a", ["href": "#\($0.id)"], HTML($0.title))) }
    let header = HTML.element(
      "header", [:], HTML.element("h1", [:], HTML(report.title)), HTML.element("p", ["class": "soft"], HTML(report.summary)),
      HTML.element("nav", ["aria-label": "Sections"], HTML.element("ul", [:], links)))
    let bar =
      report.curves.isEmpty
      ? HTML.empty
      : HTML.element(
        "div", ["class": "bar", "role": "group", "aria-label": "What is shown"], HTML.element("div", ["id": "choices"]))
    let noScript = HTML.element(
      "noscript", [:], HTML.element("p", [:], HTML("Plots, tables of images and the viewer need JavaScript; all other tables are here.")))
    let main = HTML.element(
      "main", ["id": "main"],
      [noScript]
        + sections.map { section in
          HTML.element(
            "section", ["id": section.id, "aria-labelledby": "\(section.id)-title"],
            HTML.element("h2", ["id": "\(section.id)-title"], HTML(section.title)), section.content)
        })
    let footer = HTML.element(
      "footer", [:], HTML.element("p", ["class": "soft"], HTML("Made by \(report.program) on \(report.date).")))
    return header + bar + main + footer
  }

  private static let placeForScript = HTML.element("div", ["class": "here"])

  private var reading: HTML {
    var parts = report.conclusions.map { conclusions in
      let isEmpty = conclusions.basis == .none
      let first = conclusions.statements.filter { $0.kind != .caution && $0.kind != .thesis }
      let paragraphs =
        [first.map(\.text).joined(separator: " ")]
        + [Conclusions.Statement.Kind.caution, .thesis].map { kind in
          conclusions.statements.filter { $0.kind == kind }.map(\.text).joined(separator: " ")
        }
      return HTML.element(
        "div", ["data-dataset": conclusions.dataset, "data-metric": conclusions.metric.key],
        HTML.element(
          "div", ["class": isEmpty ? "reading caution" : "reading"],
          paragraphs.enumerated().filter { !$0.element.isEmpty }.map {
            HTML.element("p", ["class": $0.offset > 0 ? "soft" : nil], HTML($0.element))
          }), matrix(conclusions))
    }
    if parts.isEmpty {
      parts.append(
        HTML.element(
          "div", ["class": "reading caution"],
          HTML.element("p", [:], HTML("Nothing can be concluded: there are no two curves of one data set to compare."))))
    }
    parts += report.notes.map { HTML.element("p", ["class": "soft"], HTML("Note: \($0)")) }
    return HTML.joined(parts)
  }

  /// The pairs as a table.
  private func matrix(_ conclusions: Conclusions) -> HTML {
    guard conclusions.pairs.contains(where: { $0.interval != nil }) else { return .empty }
    return HTML.element(
      "details", [:], HTML.element("summary", [:], HTML("All pairs")),
      HTML.table(ReportTables.pairs(conclusions), caption: "The first against the second, intervals for all pairs together"))
  }

  private var deltas: HTML {
    let parts = report.comparisons.enumerated().map { number, comparison in
      let options = comparison.options
      let method = options.method.rawValue
      let caption =
        "\(comparison.dataset), \(comparison.metric.title), against \(comparison.anchor). Interpolation \(method); intervals from \(options.draws) resamplings of the images (percentiles), each by itself at 95 %."
      var warnings: [String] = []
      for warning in comparison.rows.flatMap({ $0.warnings + [$0.problem].compactMap { $0 } }) where !warnings.contains(warning) {
        warnings.append(warning)
      }
      return HTML.element(
        "div", ["data-dataset": comparison.dataset, "data-metric": comparison.metric.key],
        HTML.element("figure", ["class": "forest", "id": PageData.place(ofComparison: number)]),
        HTML.table(ReportTables.deltas(comparison), caption: caption), Self.list(warnings, summary: "What to bear in mind"))
    }
    return HTML.joined(parts)
      + HTML.element(
        "p", ["data-unless": "", "hidden": "", "class": "soft"], HTML("No comparison was made here: the anchor or the measure is missing."))
  }

  static func list(_ items: [String], summary: String) -> HTML {
    guard !items.isEmpty else { return .empty }
    return HTML.element(
      "details", [:], HTML.element("summary", [:], HTML("\(summary) (\(items.count))")),
      HTML.element("ul", [:], items.map { HTML.element("li", [:], HTML($0)) }))
  }

  private var thesis: HTML {
    HTML.joined(
      report.thesis.map { table in
        let here = table.measuredAnchor.map { "; here against \($0)" } ?? ""
        return HTML.table(
          table.table,
          caption:
            "\(table.title): the thesis as printed, from the points that it prints against \(table.anchor)\(here). The networks here differ in size, training and data unless their configurations say otherwise; of several seeds the first is shown."
        )
      })
  }

  private var times: HTML {
    HTML.joined(
      report.timings.enumerated().map { number, timing in
        let environment = timing.file.environment
        let threads = environment.threads == 1 ? "1 thread" : "\(environment.threads) threads"
        return HTML.element("h3", [:], HTML("\(timing.isThroughput ? "Throughput" : "Latency") (\(timing.place))"))
          + HTML.element(
            "p", ["class": "soft"],
            HTML(
              "\(environment.cpuModel), \(environment.device), \(threads), \(environment.operatingSystem), \(environment.date). Medians of \(timing.file.procedure.repetitions) repetitions with their 95 % intervals. \(timing.file.procedure.pictures)."
            ))
          + HTML.element("div", ["id": PageData.place(ofTiming: number)])
          + Self.list(timing.file.orderings.map(\.sentence), summary: "What differs") + Self.list(timing.file.warnings, summary: "Warnings")
          + HTML.element(
            "details", [:], HTML.element("summary", [:], HTML("The numbers as a table")),
            HTML.table(ReportTables.times(timing), caption: "Medians with 95 % intervals"))
      })
  }

  private var models: HTML {
    HTML.joined(
      report.drawings.map { drawing in
        HTML.element(
          "details", [:], HTML.element("summary", [:], HTML(drawing.name)),
          HTML.element("div", ["class": "drawing"], .verbatim(drawing.svg)))
      })
  }

  private var findings: HTML {
    guard !report.curves.isEmpty else { return HTML.element("p", [:], HTML("There are no curves.")) }
    func lines(_ findings: [CurveLint.Finding]) -> [String] {
      findings.map { "\($0.file): \($0.point.map { "point '\($0)': " } ?? "")\($0.message) [\($0.kind)]" }
    }
    let found =
      report.findings.isEmpty
      ? HTML.element("p", [:], HTML("Nothing implausible was found in \(report.curves.count) curves."))
      : HTML.element("ul", [:], lines(report.findings).map { HTML.element("li", [:], HTML($0)) })
    return found + Self.list(lines(report.remarks), summary: "Remarks")
  }
}
