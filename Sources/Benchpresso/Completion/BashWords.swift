/// The words of a command line as bash gives them: it takes `--a=b` for three words, and replaces only the last.
struct BashWords: Equatable {
  /// The words, put together again.
  let words: [String]
  /// How many characters of the last word stay as they are.
  private let kept: Int

  /// Puts words together that bash split at `=`.
  init(_ split: [String]) {
    var words: [String] = []
    var kept = 0
    for word in split {
      if let last = words.last, last.hasPrefix("--"), word == "=" || last.hasSuffix("=") {
        words[words.count - 1] = last + word
        kept = word == "=" ? last.count + 1 : last.count
      } else {
        words.append(word)
        kept = 0
      }
    }
    self.words = words
    self.kept = kept
  }

  /// Takes words of a shell that does not split them.
  init(whole words: [String]) {
    self.words = words
    kept = 0
  }

  /// The part of a completed word that the shell puts in.
  func visible(_ word: String) -> String { String(word.dropFirst(kept)) }
}
