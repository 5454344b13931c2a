import ArgumentParser
import Reporting
import Results

/// Compares results in BD-rate.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare results by BD-rate, with an interval where there are images.",
    discussion: """
      Reads results.json of Benchpresso, the JSON files of CompressAI and published:NAME ('benchpresso results list'). A negative BD-rate means
      fewer bits at equal quality.

        benchpresso compare runs/quickstart/results.json --anchor published:kodak/bpg_444
        benchpresso compare new.json --anchor old.json --gate 'bd_rate<=1.0'
      """)

  @Argument(help: ArgumentHelp("The results to judge.", valueName: "results")) var tests: [String]
  @Option(help: ArgumentHelp("The results to judge against.", valueName: "results")) var anchor: String
  @Option(help: "The measure: psnr, ms_ssim_db, lpips_vgg or another that both sides have.") var metric = "psnr"
  @Option(help: "How the curves are interpolated.") var method = Interpolation.pchip
  @Option(help: "The number of resamplings behind the interval, 2000 or more.") var draws = 2000
  @Option(help: "The seed of the resampling.") var seed = 0
  @Flag(help: "Also print the numbers of each image.") var perImage = false
  @Option(
    help: ArgumentHelp("End with status 1 unless every row meets it, for example 'bd_rate<=1.0'; repeatable.", valueName: "condition"))
  var gate: [String] = []
  @Option(help: ArgumentHelp("Draw the curves into a file that ends in .svg, .png or .pdf.", valueName: "file")) var plot: String?
  @Option(help: "How the result is printed.") var format = Format.table

  func validate() throws {
    guard (2000...1_000_000).contains(draws) else { throw ValidationError("--draws must lie between 2000 and 1000000") }
    for text in gate where ComparisonGate(text) == nil {
      throw ValidationError(
        "--gate: '\(text)' is no condition; write for example 'bd_rate<=1.0' with one of \(ComparisonGate.keys.joined(separator: ", "))")
    }
  }

  func run() throws {
    try Failure.reported {
      var options = CurveComparison.Options()
      options.metric = ComparisonMetric(metric)
      options.method = method.value
      options.draws = draws
      options.seed = seed
      let other = try CurveArgument.read(anchor)
      let curves = try tests.map { try CurveArgument.read($0) }
      let rows = curves.map { CurveComparison($0, against: other, options) }
      show(rows, other, options)
      if format == .json { Console.result(try JSONOutput.text(ComparisonReport(rows, anchor: other, options, perImage: perImage))) }
      if let plot { try ComparisonPlot(curves + [other], metric: options.metric).write(to: plot) }
      let gates = gate.compactMap { ComparisonGate($0) }
      let failures = rows.compactMap(\.problem) + gates.flatMap { gate in rows.compactMap { gate.failure($0) } }
      for failure in failures { Console.note("error: \(failure)") }
      if !failures.isEmpty { throw ExitCode(ExitStatus.failure) }
    }
  }

  private func show(_ rows: [CurveComparison], _ anchor: MeasuredCurve, _ options: CurveComparison.Options) {
    if let style = format.style {
      Console.note("anchor: \(anchor.name); measure: \(options.metric.key); interpolation: \(options.method.rawValue)")
      if options.metric.lowerIsBetter { Console.note("note: smaller \(options.metric.key) is better; a negative BD value means smaller") }
      let tables = [ComparisonReport.table(rows, options)] + (perImage ? [ComparisonReport.imageTable(rows, options)] : [])
      Console.result(tables.map { $0.text(style) }.joined(separator: "\n").trimmingLastNewline)
    }
    var seen: Set<String> = []
    for warning in rows.flatMap(\.warnings) where seen.insert(warning).inserted { Console.note("warning: \(warning)") }
  }

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv, markdown, latex

    var style: TextTable.Style? {
      switch self {
      case .table: .plain
      case .json: nil
      case .csv: .csv
      case .markdown: .markdown
      case .latex: .latex
      }
    }
  }

  enum Interpolation: String, ExpressibleByArgument, CaseIterable {
    case pchip, akima, cubic

    var value: BjontegaardDelta.Interpolation {
      switch self {
      case .pchip: .pchip
      case .akima: .akima
      case .cubic: .cubic
      }
    }
  }
}
