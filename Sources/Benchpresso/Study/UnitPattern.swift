import Configuration
import Studies

/// Words that mean units of a plan: a name, a variation, a kind, or a pattern with `*`.
enum UnitPattern {
  /// The units that any of the patterns means, in the order of the plan; all without a pattern.
  ///
  /// - Throws: `StudyError` when a pattern means no unit.
  static func matching(_ patterns: [String], in plan: StudyPlan) throws(StudyError) -> [StudyUnit] {
    if patterns.isEmpty { return plan.units }
    var chosen: Set<String> = []
    for pattern in patterns {
      let found = plan.units.filter { matches(pattern, $0) }
      guard !found.isEmpty else {
        let names = plan.units.map(\.name) + plan.units.compactMap(\.variation) + StudyUnit.Kind.allCases.map(\.rawValue)
        throw StudyError.noUnit(name: pattern, hint: NearMatch.question(for: pattern, among: names))
      }
      chosen.formUnion(found.map(\.name))
    }
    return plan.units.filter { chosen.contains($0.name) }
  }

  private static func matches(_ pattern: String, _ unit: StudyUnit) -> Bool {
    [unit.name, unit.kind.rawValue, unit.variation].contains(pattern) || (pattern.contains("*") && isLike(unit.name[...], pattern))
  }

  /// Whether a name is what a pattern describes; a star stands for any letters.
  static func isLike(_ name: Substring, _ pattern: String) -> Bool {
    var parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    let (first, last) = (parts.removeFirst(), parts.popLast() ?? "")
    guard name.hasPrefix(first) else { return false }
    var rest = name.dropFirst(first.count)
    for part in parts where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
