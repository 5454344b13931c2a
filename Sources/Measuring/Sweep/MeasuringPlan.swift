/// How often and how long points are measured.
public struct MeasuringPlan: Sendable, Equatable {
  /// The repetitions of a point.
  public var repetitions = 50
  /// The untimed repetitions before them.
  public var warmUp = 10
  /// The width of the interval of the median, as a share of it, that ends a point after its repetitions; nil ends it without.
  public var untilStable: Double?
  /// The most repetitions of a point that does not become stable.
  public var mostRepetitions = 1000
  /// The seconds that a point may take, its process and its warm-up included; at least one repetition is made all the same.
  public var budget: Double?
  /// Whether points that failed in an earlier session are measured again.
  public var retriesFailures = false
  /// What bounds each process.
  public var bounds = MeasuringChild.Bounds(timeLimit: 600)

  /// Creates the thesis' plan.
  public init() {}

  /// The share of the budget that the warm-up may take.
  static let warmUpShare = 0.2
}
