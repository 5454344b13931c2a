import Results

/// The words of a command line as bash gives them: it takes `--a=b` and `published:a` for three words, and replaces only the last.
struct BashWords: Equatable {
  /// The words, put together again.
  let words: [String]
  /// How many characters of the last word stay as they are.
  private let kept: Int

  /// Puts words together that bash split at `=` or at the colon of a published curve.
  init(_ split: [String]) {
    var words: [String] = []
    var kept = 0
    for word in split {
      if let last = words.last, Self.belongs(word, to: last) {
        words[words.count - 1] = last + word
        kept = ["=", ":"].contains(word) ? last.count + 1 : last.count
      } else {
        words.append(word)
        kept = 0
      }
    }
    self.words = words
    self.kept = kept
  }

  private static func belongs(_ word: String, to last: String) -> Bool {
    if last.hasPrefix("--"), word == "=" || last.hasSuffix("=") { return true }
    let scheme = CurveLibrary.prefix
    return word == ":" ? last.hasSuffix(scheme.dropLast()) : last.hasSuffix(scheme)
  }

  /// Takes words of a shell that does not split them.
  init(whole words: [String]) {
    self.words = words
    kept = 0
  }

  /// The part of a completed word that the shell puts in.
  func visible(_ word: String) -> String { String(word.dropFirst(kept)) }
}
