/// Texts as they are compared in searches: lower case, letters without accents.
enum SearchText {
  /// The text in lower case, accents taken off Latin letters: `Ballé` becomes `balle`.
  static func folded(_ text: String) -> String {
    let letters = text.unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }.map { AccentedLetter($0)?.base ?? $0 }
    return String(String.UnicodeScalarView(letters)).lowercased()
  }

  /// The letters and digits of the folded text.
  static func letters(_ text: String) -> String { folded(text).filter { $0.isLetter || $0.isNumber } }
}

/// A Latin letter with an accent, taken apart.
struct AccentedLetter {
  /// The letter without the accent.
  let base: Unicode.Scalar
  /// The accent as Unicode names it: `ACUTE`.
  let accent: String

  /// Nil for anything else.
  init?(_ scalar: Unicode.Scalar) {
    // Names read LATIN SMALL LETTER E WITH ACUTE.
    guard !scalar.isASCII, let words = scalar.properties.name?.split(separator: " "), words.count == 6, words[0] == "LATIN",
      words[2] == "LETTER", words[4] == "WITH", words[3].unicodeScalars.count == 1, let letter = words[3].unicodeScalars.first
    else { return nil }
    let lower = letter.properties.lowercaseMapping.unicodeScalars.first ?? letter
    base = words[1] == "SMALL" ? lower : letter
    accent = String(words[5])
  }
}
