/// The lines of a text as YAML counts them: a line may end in LF, CR, CR LF, NEL, LS or PS.
enum SourceLines {
  /// Returns the lines without their ends, as Unicode scalars, in which columns are counted.
  static func of(_ text: String) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = [[]]
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == "\n", previous == "\r" {
        // The second half of one end.
      } else if "\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains(scalar) {
        lines.append([])
      } else {
        lines[lines.count - 1].append(scalar)
      }
      previous = scalar
    }
    return lines
  }
}
