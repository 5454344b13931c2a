/// Finding the name a user probably meant.
public enum NearMatch {
  /// Returns the names nearest to `word`, best first, at most `count`; none when nothing is near.
  ///
  /// A name is near when it equals `word` but for case, `_` and `-`, or when at most a third of its letters or of
  /// those of its last part after a dot (at least one, at most three) are wrong, missing, surplus or swapped.
  public static func best(for word: String, among names: some Sequence<String>, count: Int = 1) -> [String] {
    let plain = folded(word)
    let tail = folded(lastPart(word))
    var scored: [(score: Int, name: String)] = []
    for name in names {
      let scores = [score(plain, folded(name)), score(tail, folded(lastPart(name)))]
      if let score = scores.compactMap(\.self).min() { scored.append((score, name)) }
    }
    return scored.sorted { ($0.score, $0.name) < ($1.score, $1.name) }.prefix(count).map(\.name)
  }

  /// Returns `; did you mean 'name'?` for the best match, or an empty text.
  public static func question(for word: String, among names: some Sequence<String>) -> String {
    best(for: word, among: names).first.map { "; did you mean '\($0)'?" } ?? ""
  }

  /// Returns `; did you mean 'name'?` for the best match, or a full stop.
  public static func sentenceEnd(for word: String, among names: some Sequence<String>) -> String {
    let question = question(for: word, among: names)
    return question.isEmpty ? "." : question
  }

  /// Returns the question of ``question(for:among:)`` with `rest` behind it: `; did you mean 'name'? Rest`, or `; rest`.
  public static func question(for word: String, among names: some Sequence<String>, then rest: String) -> String {
    let question = question(for: word, among: names)
    return question.isEmpty ? "; \(rest)" : "\(question) \(rest.prefix(1).uppercased())\(rest.dropFirst())"
  }

  /// Returns the Damerau–Levenshtein distance (optimal string alignment): the least number of letters inserted, removed, replaced or
  /// swapped with their neighbour that turns `left` into `right`.
  public static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.unicodeScalars), right = Array(right.unicodeScalars)
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, beforePrevious[j - 1] + 1) }
        current.append(best)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }

  /// The number of wrong letters; nil when these are too many.
  private static func score(_ left: String, _ right: String) -> Int? {
    let limit = min(3, max(1, right.count / 3))
    guard abs(left.count - right.count) <= limit else { return nil }
    let score = distance(left, right)
    return score <= limit ? score : nil
  }

  private static func lastPart(_ name: String) -> String { name.split(separator: ".").last.map(String.init) ?? name }
  private static func folded(_ name: String) -> String { name.lowercased().filter { $0 != "_" && $0 != "-" } }
}
