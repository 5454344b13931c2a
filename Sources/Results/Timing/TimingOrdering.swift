/// How two variants relate over all sizes at which both were measured.
public struct TimingOrdering: Sendable, Equatable {
  /// The direction.
  public let direction: TimingDirection
  /// The one variant.
  public let first: String
  /// The other.
  public let second: String
  /// The sizes at which the first is faster.
  public let firstFaster: Int
  /// The sizes at which the second is faster.
  public let secondFaster: Int
  /// The sizes at which they cannot be told apart.
  public let notToldApart: Int
  /// The sizes with too few common rounds.
  public let tooFewRounds: Int
  /// The least and the greatest median ratio of the first's time to the second's.
  public let ratios: ClosedRange<Double>

  /// The median ratio over the rounds of all sizes together; nil without the points.
  public let pooledRatio: Double?
  /// The interval of that median, which tells in which direction more than half of all rounds go; nil for too few rounds.
  public let pooledInterval: MedianInterval?

  /// Gathers comparisons of pairs, in the order in which the pairs first occur.
  ///
  /// - Parameter points: the points that were compared, for the median over all sizes; its intervals hold at 95 % for all pairs of one
  ///   direction together.
  public static func all(_ comparisons: [TimingComparison], points: [TimingPoint] = []) -> [TimingOrdering] {
    var groups: [[TimingComparison]] = []
    for comparison in comparisons {
      let index = groups.firstIndex { group in
        (group[0].direction, group[0].first, group[0].second) == (comparison.direction, comparison.first, comparison.second)
      }
      if let index { groups[index].append(comparison) } else { groups.append([comparison]) }
    }
    let cells = TimingComparison.cells(points.filter { $0.encoding != nil })
    let pairs = Double(max(groups.count { $0[0].direction == groups[0][0].direction }, 1))
    return groups.map { group in
      let (first, second, direction) = (group[0].first, group[0].second, group[0].direction)
      let ratios = cells.flatMap { cell -> [Double] in
        guard let one = cell.first(where: { $0.variant == first }), let other = cell.first(where: { $0.variant == second }) else {
          return []
        }
        return TimingComparison.ratios(one, other, direction: direction)
      }
      return TimingOrdering(group, ratios: ratios, level: 1 - 0.05 / pairs)
    }
  }

  private init(_ group: [TimingComparison], ratios all: [Double], level: Double) {
    pooledRatio = SampleSummary(all)?.median
    pooledInterval = MedianInterval(all, level: level)
    (direction, first, second) = (group[0].direction, group[0].first, group[0].second)
    func count(_ verdict: TimingComparison.Verdict) -> Int { group.count { $0.verdict == verdict } }
    (firstFaster, secondFaster) = (count(.firstFaster), count(.secondFaster))
    (notToldApart, tooFewRounds) = (count(.notToldApart), count(.tooFewRounds))
    let values = group.map(\.ratio)
    ratios = (values.min() ?? 1)...(values.max() ?? 1)
  }

  /// What the sizes say together: a sentence on the two variants.
  public var sentence: String { sizesSentence + pooledEnd }

  /// What all rounds together say, as the end of a sentence.
  private var pooledEnd: String {
    guard let ratio = pooledRatio, let interval = pooledInterval else { return "" }
    func percent(_ ratio: Double) -> String {
      let tenths = Int(((ratio - 1) * 1000).rounded())
      return "\(tenths > 0 ? "+" : tenths < 0 ? "−" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
    let range = "\(percent(ratio)) % (\(percent(interval.lower)) to \(percent(interval.upper)))"
    let verdict = interval.upper < 1 || interval.lower > 1 ? "" : ", not told apart"
    return "; over all rounds \(first) against \(second): \(range)\(verdict)"
  }

  private var sizesSentence: String {
    let all = firstFaster + secondFaster + notToldApart + tooFewRounds
    let judged = all - tooFewRounds
    let sizes = "\(judged) \(judged == 1 ? "size" : "sizes")"
    let missing = tooFewRounds > 0 ? "; too few rounds at \(tooFewRounds)" : ""
    if judged == 0 { return "\(first) and \(second): too few rounds to judge at all sizes" }
    if firstFaster == judged { return "\(first) is faster than \(second) at all \(sizes)\(missing)" }
    if secondFaster == judged { return "\(second) is faster than \(first) at all \(sizes)\(missing)" }
    if notToldApart == judged { return "\(first) and \(second) cannot be told apart at any of \(sizes)\(missing)" }
    var parts: [String] = []
    if firstFaster > 0 { parts.append("\(first) is faster at \(firstFaster)") }
    if secondFaster > 0 { parts.append("\(second) is faster at \(secondFaster)") }
    if notToldApart > 0 { parts.append("not told apart at \(notToldApart)") }
    return "\(first) and \(second), \(sizes): \(parts.joined(separator: ", "))\(missing)"
  }
}
