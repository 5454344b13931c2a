public import Results

/// Everything that a report shows, as plain values.
public struct Report: Sendable {
  /// The heading.
  public var title: String
  /// What stands under it, one sentence.
  public var summary: String
  /// The program and its version.
  public var program: String
  /// When the report was made, ISO 8601.
  public var date: String
  /// The curves, those of one data set in the order of the legend.
  public var curves: [ReportCurve] = []
  /// BD-rates, for each data set and measure.
  public var comparisons: [ReportComparison] = []
  /// What can be concluded, for each data set and measure.
  public var conclusions: [Conclusions] = []
  /// The thesis beside this.
  public var thesis: [ThesisTable] = []
  /// Measured times.
  public var timings: [ReportTiming] = []
  /// What is implausible about the curves.
  public var findings: [CurveLint.Finding] = []
  /// What should be known of the curves.
  public var remarks: [CurveLint.Finding] = []
  /// Pictures at nearly one rate.
  public var pictures = PictureSet()
  /// Drawings of models.
  public var drawings: [ReportDrawing] = []
  /// What was left out, and why.
  public var notes: [String] = []

  /// Creates a report without contents.
  public init(title: String, summary: String, program: String, date: String = Machine.date()) {
    (self.title, self.summary, self.program, self.date) = (title, summary, program, date)
  }

  /// The data sets, in the order in which they first occur.
  public var datasets: [String] {
    var seen: Set<String> = []
    return curves.map(\.dataset).filter { seen.insert($0).inserted }
  }

  /// The measures that any curve has.
  public var metrics: [ComparisonMetric] { ComparisonMetric.ordered(Set(curves.flatMap(\.measured.metrics).filter(Self.isShown))) }

  /// The names of the curves, each once: a name has one style in all plots.
  var names: [String] {
    var seen: Set<String> = []
    return curves.map(\.name).filter { seen.insert($0).inserted }
  }

  /// Counts and pooled values are no measures of quality.
  private static func isShown(_ key: String) -> Bool { !key.hasSuffix("_start_time") && key != "lambda" && key != "ms_ssim_db_mean" }
}

/// A drawing of a model.
public struct ReportDrawing: Sendable, Equatable {
  /// The curve or the configuration.
  public let name: String
  /// The drawing, an SVG document or element.
  public let svg: String

  /// Names a drawing.
  public init(name: String, svg: String) { (self.name, self.svg) = (name, svg) }
}
