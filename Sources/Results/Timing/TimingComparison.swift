/// Two variants at one point, compared round by round, so that what slows both down at one time cancels out.
public struct TimingComparison: Codable, Sendable, Equatable {
  /// What can be said.
  public enum Verdict: String, Codable, Sendable, Equatable {
    /// The interval lies below 1.
    case firstFaster = "first_faster"
    /// The interval lies above 1.
    case secondFaster = "second_faster"
    /// The interval holds 1.
    case notToldApart = "not_told_apart"
    /// There are too few common rounds for an interval.
    case tooFewRounds = "too_few_rounds"
  }

  /// The direction.
  public let direction: TimingDirection
  /// The width of the pictures.
  public let width: Int
  /// The height of the pictures.
  public let height: Int
  /// How many pictures are coded together.
  public let batchSize: Int
  /// The one variant.
  public let first: String
  /// The other.
  public let second: String
  /// The number of rounds that both have.
  public let rounds: Int
  /// The median over the rounds of the first's time divided by the second's.
  public let ratio: Double
  /// The interval of that median; null for too few rounds.
  @OrNull public var interval: MedianInterval?
  /// What can be said.
  public let verdict: Verdict

  enum CodingKeys: String, CodingKey {
    case direction, width, height, first, second, rounds, ratio, interval, verdict
    case batchSize = "batch_size"
  }

  /// Compares two points of one size; nil without a common round.
  ///
  /// - Parameter level: the probability with which the interval holds the median.
  public init?(_ first: TimingPoint, _ second: TimingPoint, direction: TimingDirection, level: Double) {
    let ratios = Self.ratios(first, second, direction: direction)
    guard let summary = SampleSummary(ratios) else { return nil }
    self.direction = direction
    (width, height, batchSize) = (first.width, first.height, first.batchSize)
    (self.first, self.second) = (first.variant, second.variant)
    (rounds, ratio) = (ratios.count, summary.median)
    let interval = MedianInterval(ratios, level: level)
    _interval = OrNull(wrappedValue: interval)
    verdict =
      interval.map { $0.upper < 1 ? .firstFaster : $0.lower > 1 ? .secondFaster : .notToldApart } ?? .tooFewRounds
  }

  /// The first's times divided by the second's in the rounds that both have.
  static func ratios(_ first: TimingPoint, _ second: TimingPoint, direction: TimingDirection) -> [Double] {
    guard let one = first[direction]?.samples, let other = second[direction]?.samples else { return [] }
    let partners = Dictionary(zip(second.rounds, other), uniquingKeysWith: { _, last in last })
    return zip(first.rounds, one).compactMap { round, seconds in partners[round].map { seconds / $0 } }
  }

  /// Compares the variants of each size in pairs, in both directions.
  ///
  /// The intervals of one size and direction hold their medians with `level` all together (Bonferroni): with k pairs each is one of
  /// 1 − (1 − level) / k.
  ///
  /// - Parameter groups: the group of each variant; those of different groups are not compared, those without one with all.
  public static func all(_ points: [TimingPoint], groups: [String: String] = [:], level: Double = 0.95) -> [TimingComparison] {
    cells(points.filter { $0.encoding != nil }).flatMap { cell -> [TimingComparison] in
      let pairs = cell.indices.flatMap { first in
        (first + 1..<cell.count).map { (cell[first], cell[$0]) }.filter { one, other in
          guard let mine = groups[one.variant], let its = groups[other.variant] else { return true }
          return mine == its
        }
      }
      let own = 1 - (1 - level) / Double(max(pairs.count, 1))
      return TimingDirection.allCases.flatMap { direction in
        pairs.compactMap { TimingComparison($0, $1, direction: direction, level: own) }
      }
    }
  }

  /// The points of one size, batch and number of threads together, in their order.
  static func cells(_ points: [TimingPoint]) -> [[TimingPoint]] {
    var cells: [[TimingPoint]] = []
    for point in points {
      let index = cells.firstIndex { cell in
        (cell[0].width, cell[0].height, cell[0].batchSize, cell[0].threads) == (point.width, point.height, point.batchSize, point.threads)
      }
      if let index { cells[index].append(point) } else { cells.append([point]) }
    }
    return cells
  }
}
