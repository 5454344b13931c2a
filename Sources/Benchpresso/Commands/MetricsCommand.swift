import ArgumentParser
import Metrics
import Reporting
import Results

/// Measures how near pictures are to their originals.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Measure pictures against their originals: PSNR, SSIM, MS-SSIM, SSIMULACRA 2, LPIPS, DISTS, Butteraugli.",
    discussion: """
        benchpresso metrics original.png decoded.png
        benchpresso metrics originals/ decoded/ --metric psnr --metric lpips_vgg --format json

      Two folders are compared picture by picture, by their names without suffix. Without --metric all measures are taken whose weights are \\
      there ('benchpresso data download lpips dists' fetches them), and Butteraugli where libjxl's program is (Debian: libjxl-devtools). A value that is undefined for the size, or infinite, is null.
      """)

  @Argument(help: ArgumentHelp("The original, or a folder of originals.", valueName: "reference")) var reference: String
  @Argument(help: ArgumentHelp("The picture to judge, or a folder.", valueName: "distorted")) var distorted: String
  @Option(help: ArgumentHelp("A measure; repeatable.", valueName: "name")) var metric: [String] = []
  @Option(help: "How the result is printed.") var format = Format.table

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  func run() throws {
    try Failure.reported {
      let names = metric.isEmpty ? KnownMetric.ready.map(\.key) : metric
      let metrics = try KnownMetric.make(names, catalogue: try Program.catalogue())
      let result = try MetricComparison(reference: reference, distorted: distorted, metrics: metrics, isStrict: !metric.isEmpty)
      switch format {
      case .json: Console.result(try JSONOutput.text(Self.json(result)))
      case .table:
        var table = TextTable([TextTable.Column("image", .left)] + result.keys.map { TextTable.Column($0, .right) })
        func texts(_ values: [Double?]) -> [String] { values.map { $0.map { NumberText.fixed($0, decimals: 6) } ?? "–" } }
        for row in result.rows { table.append([row.name] + texts(row.values)) }
        if result.rows.count > 1 { table.append(["mean"] + texts(result.means)) }
        Console.result(table.text(.plain))
      }
    }
  }

  private static func json(_ result: MetricComparison) -> JSONValue {
    func object(_ values: [Double?]) -> [String: JSONValue] {
      Dictionary(zip(result.keys, values.map { $0.map { JSONValue.number($0) } ?? .null }), uniquingKeysWith: { first, _ in first })
    }
    if result.rows.count == 1, let row = result.rows.first { return .object(object(row.values)) }
    return .object([
      "images": .array(result.rows.map { .object(object($0.values).merging(["name": .string($0.name)]) { first, _ in first }) }),
      "mean": .object(object(result.means)),
    ])
  }
}
