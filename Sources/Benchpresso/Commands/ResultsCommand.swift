import ArgumentParser
import Reporting
import Results

/// Published curves, and whether curves are plausible.
struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "List and show published curves; look for implausible points.",
    discussion: """
        benchpresso results list
        benchpresso results show kodak/bpg_444
        benchpresso results lint runs/mine/results.json
        benchpresso compare runs/mine/results.json --anchor published:kodak/bpg_444
      """,
    subcommands: [ResultsList.self, ResultsShow.self, ResultsLint.self])
}

/// Names the published curves.
struct ResultsList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the published curves that the program carries.")

  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let reports = try CurveLibrary.entries().map { PublishedReport($0, points: false) }
      guard format == .text else { return Console.result(try JSONOutput.text(reports)) }
      var table = TextTable([
        .init("name", .left), .init("points"), .init("images"), .init("curve", .left), .init("source", .left), .init("licence", .left),
      ])
      for report in reports {
        table.append([
          report.name, "\(report.pointCount)", report.imageCount == 0 ? "–" : "\(report.imageCount)", report.curve, report.source,
          report.licence,
        ])
      }
      Console.result(table.text(.plain))
    }
  }
}

/// Shows one published curve.
struct ResultsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the points of a published curve, its source and its licence.")

  @Argument(help: ArgumentHelp("The curve, as 'results list' names it.", valueName: "curve")) var name: String
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let entry = try CurveArgument.entry(name)
      guard format == .text else { return Console.result(try JSONOutput.text(PublishedReport(entry, points: true))) }
      let metrics = entry.curve.metrics
      var table = TextTable([.init("point", .left), .init("bpp")] + metrics.map { .init($0) })
      for point in entry.curve.points {
        table.append([point.label] + (["bpp"] + metrics).map { NumberText.fixed(point.values[$0], decimals: 5) })
      }
      Console.result("\(entry.curve.name): \(entry.curve.description)\n\(entry.source) \(entry.address)\nlicence: \(entry.licence)\n")
      Console.result(table.text(.plain))
      if !entry.notice.isEmpty { Console.result(entry.notice) }
    }
  }
}

/// A published curve as JSON.
struct PublishedReport: Encodable {
  struct Point: Encodable {
    let label: String
    let values: [String: Double]
  }

  let name: String
  let curve: String
  let description: String
  let dataset: String
  let source: String
  let address: String
  let licence: String
  let rate: String
  let pointCount: Int
  let imageCount: Int
  let metrics: [String]
  let notice: String?
  let points: [Point]?

  enum CodingKeys: String, CodingKey {
    case name, curve, description, dataset, source, address, licence, rate, metrics, notice, points
    case pointCount = "point_count"
    case imageCount = "image_count"
  }

  init(_ entry: CurveLibrary.Entry, points: Bool) {
    name = entry.id
    curve = entry.curve.name
    description = entry.curve.description
    dataset = entry.dataset
    source = entry.source
    address = entry.address
    licence = entry.licence
    rate = entry.curve.rateKind.rawValue
    pointCount = entry.curve.points.count
    imageCount = entry.curve.points.first?.images.count ?? 0
    metrics = entry.curve.metrics
    notice = points ? entry.notice : nil
    self.points = points ? entry.curve.points.map { Point(label: $0.label, values: $0.values) } : nil
  }
}

/// Looks for implausible points.
struct ResultsLint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Look for implausible points: dents, columns out of line, wrong units.",
    discussion:
      "Reads results.json of Benchpresso, the JSON files of CompressAI and published:NAME. Ends with status 1 where something is found.")

  @Argument(help: ArgumentHelp("The results to look at.", valueName: "results")) var files: [String]
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  struct Report: Encodable {
    let findings: [CurveLint.Finding]
    let notes: [CurveLint.Finding]
  }

  func run() throws {
    try Failure.reported {
      let lints = try files.map { CurveLint(try CurveArgument.read($0)) }
      let report = Report(findings: lints.flatMap(\.findings), notes: lints.flatMap(\.notes))
      switch format {
      case .json: Console.result(try JSONOutput.text(report))
      case .text:
        for finding in report.findings { Console.result(Self.line(finding)) }
        for note in report.notes { Console.note("note: \(Self.line(note))") }
        if report.findings.isEmpty { Console.note("nothing found in \(files.count) \(files.count == 1 ? "file" : "files")") }
      }
      if !report.findings.isEmpty { throw ExitCode(ExitStatus.failure) }
    }
  }

  private static func line(_ finding: CurveLint.Finding) -> String {
    "\(finding.file): \(finding.point.map { "point '\($0)': " } ?? "")\(finding.message) [\(finding.kind)]"
  }
}
