import ArgumentParser
import Benchmarking
import Reporting
import Results

/// Compares results in BD-rate.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare results files by BD-rate.",
    discussion: """
      Reads results.json of Benchpresso and the JSON files of CompressAI. A negative BD-rate means fewer bits at equal quality.

        benchpresso compare runs/quickstart/results.json --anchor runs/quickstart/results-jpeg420.json
      """)

  @Argument(help: ArgumentHelp("The results to judge.", valueName: "results")) var tests: [String]
  @Option(help: ArgumentHelp("The results to judge against; repeatable.", valueName: "results")) var anchor: [String]
  @Option(help: "How the curves are interpolated: pchip, akima or cubic.") var method = Interpolation.pchip
  @Option(help: "How the result is printed: text or json.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let comparison = QuickComparison(
        try tests.map { try PublishedCurve.read($0) }, anchors: try anchor.map { try PublishedCurve.read($0) }, interpolation: method.value)
      switch format {
      case .text:
        Console.result(comparison.table.text(.plain))
        for note in comparison.notes { Console.note("note: \(note)") }
      case .json: Console.result(try JSONOutput.text(ComparisonReport(comparison)))
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

/// A comparison as JSON.
struct ComparisonReport: Encodable {
  struct Row: Encodable {
    let codec: String
    let anchor: String
    let bdRatePSNR: Double?
    let bdRateMSSSIM: Double?
    let notes: [String]

    enum CodingKeys: String, CodingKey {
      case codec, anchor, notes
      case bdRatePSNR = "bd_rate_psnr"
      case bdRateMSSSIM = "bd_rate_ms_ssim"
    }
  }

  let comparisons: [Row]

  init(_ comparison: QuickComparison) {
    comparisons = comparison.rows.map {
      Row(codec: $0.test, anchor: $0.anchor, bdRatePSNR: $0.psnr?.value, bdRateMSSSIM: $0.msSSIM?.value, notes: $0.notes)
    }
  }
}
