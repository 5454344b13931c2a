import Benchmarking
import Configuration
import Metrics
import Registry
import Results

/// The measures that a configuration asks for besides PSNR and MS-SSIM, which are always taken.
struct MetricChoice {
  private let components: [Component<MetricKind>]
  private static let always: Set = ["metrics.PSNR", "metrics.MSSSIM", "metrics.MSSSIMDecibels"]

  init(_ components: [Component<MetricKind>]) {
    var chosen: [Component<MetricKind>] = []
    for component in components where !Self.always.contains(component.classPath) && !chosen.contains(component) { chosen.append(component) }
    self.components = chosen
  }

  /// What the option `--metric` adds to a configuration whose list of measures is at `path`.
  ///
  /// - Throws: `UsageError` for an unknown name.
  static func additions(_ names: [String], to path: String) throws -> [ConfigurationRequest.Item] {
    try names.map { .option(Override(path: "\(path)+", value: try KnownMetric.classPath(of: $0), mark: Mark(source: "--metric \($0)"))) }
  }

  /// What a journal has to say about the measures, so that rows without them do not count.
  var context: String { components.map { " \($0.classPath) \($0.arguments)" }.joined() }

  /// Whether any of them computes with libtorch.
  var usesTorch: Bool {
    components.contains { component in KnownMetric.all.contains { $0.classPath == component.classPath && !$0.weights.isEmpty } }
  }

  /// Refuses what cannot work for lack of weights or of a program; loads nothing.
  ///
  /// - Throws: `MetricWeightsError`, `ButteraugliError`.
  func check() throws {
    try KnownMetric.check(components)
  }

  /// Makes the measures.
  ///
  /// - Throws: as ``check()``, and what a measure needs.
  func make(_ catalogue: Catalogue) throws -> [any ImageMetric] {
    try check()
    return try components.map { try catalogue.build($0) }
  }

  /// Says which measures lack a value, with the reason that the first such picture has.
  static func tellMissing(_ results: ResultsFile) {
    for point in results.points {
      for key in (point.metrics ?? [:]).keys.sorted() where point.metric(key) == nil {
        let reason = point.images.lazy.flatMap(\.notes).first { $0.hasPrefix("\(key) is null: ") } ?? "\(key) is null"
        let count = point.images.filter { $0.metric(key) == nil }.count
        Console.note("note: \(point.label): \(reason) (\(count) of \(point.images.count) pictures)")
      }
    }
  }

  /// Makes the measures for several threads.
  ///
  /// - Throws: as ``make(_:)``.
  func shared(_ catalogue: Catalogue) throws -> [SharedMetric] {
    try make(catalogue).map { SharedMetric($0) }
  }
}
