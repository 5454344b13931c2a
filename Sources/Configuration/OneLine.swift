/// Texts that stay on their line, and that tell a terminal nothing but themselves.
enum OneLine {
  /// Returns the text with a blank for each end of a line and `�` for each control character.
  static func of(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { shown($0) != $0 }) else { return text }
    var result = ""
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar != "\n" || previous != "\r" { result.unicodeScalars.append(shown(scalar)) }
      previous = scalar
    }
    return result
  }

  /// What stands for a scalar.
  static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
    case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: "\u{FFFD}"
    default: scalar
    }
  }
}
