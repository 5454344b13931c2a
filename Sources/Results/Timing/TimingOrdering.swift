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

  /// Gathers comparisons of pairs, in the order in which the pairs first occur.
  public static func all(_ comparisons: [TimingComparison]) -> [TimingOrdering] {
    var groups: [[TimingComparison]] = []
    for comparison in comparisons {
      let index = groups.firstIndex { group in
        (group[0].direction, group[0].first, group[0].second) == (comparison.direction, comparison.first, comparison.second)
      }
      if let index { groups[index].append(comparison) } else { groups.append([comparison]) }
    }
    return groups.map(TimingOrdering.init)
  }

  private init(_ group: [TimingComparison]) {
    (direction, first, second) = (group[0].direction, group[0].first, group[0].second)
    func count(_ verdict: TimingComparison.Verdict) -> Int { group.count { $0.verdict == verdict } }
    (firstFaster, secondFaster) = (count(.firstFaster), count(.secondFaster))
    (notToldApart, tooFewRounds) = (count(.notToldApart), count(.tooFewRounds))
    let values = group.map(\.ratio)
    ratios = (values.min() ?? 1)...(values.max() ?? 1)
  }

  /// What the sizes say together: a sentence on the two variants.
  public var sentence: String {
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
