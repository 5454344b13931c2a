/// How times were measured.
public struct TimingProcedure: Codable, Sendable, Equatable {
  /// What was timed: `transform`, `codec` or `stages`.
  public var what: String
  /// What the pictures are, one sentence.
  public var pictures: String
  /// The repetitions of a point.
  public var repetitions: Int
  /// The untimed repetitions before them.
  public var warmUp: Int
  /// The width of the interval of the median, as a share of it, below which a point ends; null where that was not asked for.
  @OrNull public var untilStable: Double?
  /// The seconds that a point may take; null without a limit.
  @OrNull public var budget: Double?
  /// The seconds that one repetition may take.
  public var timeLimit: Double
  /// The bytes of memory that the process of a point may have; null without a limit.
  @OrNull public var memoryLimit: Int?
  /// The order of the repetitions of several variants, one sentence.
  public var order: String
  /// The clock and how a device is waited for, one sentence.
  public var clock: String
  /// How the intervals of medians are found, one sentence.
  public var intervals: String

  enum CodingKeys: String, CodingKey {
    case what, pictures, repetitions, budget, order, clock, intervals
    case warmUp = "warm_up"
    case untilStable = "until_stable"
    case timeLimit = "time_limit"
    case memoryLimit = "memory_limit"
  }

  /// Creates a description.
  public init(
    what: String, pictures: String, repetitions: Int, warmUp: Int, untilStable: Double?, budget: Double?, timeLimit: Double,
    memoryLimit: Int?, order: String, clock: String, intervals: String = Self.intervals
  ) {
    (self.what, self.pictures, self.repetitions, self.warmUp) = (what, pictures, repetitions, warmUp)
    (self.timeLimit, self.order, self.clock, self.intervals) = (timeLimit, order, clock, intervals)
    (_untilStable, _budget) = (OrNull(wrappedValue: untilStable), OrNull(wrappedValue: budget))
    _memoryLimit = OrNull(wrappedValue: memoryLimit)
  }

  /// What is said of the intervals.
  public static let intervals =
    "between order statistics, for any distribution: at 95 % or more for each median; those of the ratios of two variants, over the rounds that "
    + "both have, hold at 95 % together for all pairs of one size and direction (Bonferroni)"
}
