public import Results

/// A curve of a report, and what is known of its origin.
public struct ReportCurve: Sendable, Equatable {
  /// The curve; its name is unique in its data set.
  public var measured: MeasuredCurve
  /// The data set.
  public var dataset: String
  /// The results file with environment and model; nil for curves of others.
  public var results: ResultsFile?
  /// Who published the curve, where, and under which licence; nil for a file.
  public var origin: String?
  /// The configuration that lies beside the results file, as YAML; nil where there is none.
  public var configuration: String?
  /// Whether it is there to be compared with.
  public var isAnchor: Bool
  /// The variation of a study; nil for others.
  public var variation: String?
  /// The seed, where a study has several; nil for others.
  public var seed: Int?

  /// Describes a curve.
  public init(
    _ measured: MeasuredCurve, dataset: String, results: ResultsFile? = nil, origin: String? = nil, configuration: String? = nil,
    isAnchor: Bool = false, variation: String? = nil, seed: Int? = nil
  ) {
    (self.measured, self.dataset, self.results, self.origin) = (measured, dataset, results, origin)
    (self.configuration, self.isAnchor, self.variation, self.seed) = (configuration, isAnchor, variation, seed)
  }

  /// The name in legends and tables.
  public var name: String { measured.name }

  /// Whether the curve is of networks whose training is one of many that could have been.
  public var isTrained: Bool {
    results.map { $0.model.parameterCount ?? 0 > 0 || $0.points.contains { $0.model?.weightsSHA256 != nil } } ?? false
  }
}
