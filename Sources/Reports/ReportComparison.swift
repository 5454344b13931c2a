public import Results

/// The curves of one data set against one of them in one measure.
public struct ReportComparison: Sendable, Equatable {
  /// The data set.
  public let dataset: String
  /// How they were compared.
  public let options: CurveComparison.Options
  /// The name of the anchor.
  public let anchor: String
  /// The other curves.
  public let rows: [CurveComparison]

  /// Gathers comparisons that have been made.
  public init(dataset: String, options: CurveComparison.Options, anchor: String, rows: [CurveComparison]) {
    (self.dataset, self.options, self.anchor, self.rows) = (dataset, options, anchor, rows)
  }

  /// The measure.
  public var metric: ComparisonMetric { options.metric }
}
