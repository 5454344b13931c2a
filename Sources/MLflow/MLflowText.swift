/// Names and texts in the form that MLflow takes.
enum MLflowText {
  /// The most characters of a name.
  static let longestKey = 250
  /// The most characters of a hyper-parameter's text.
  static let longestParam = 6000
  /// The most characters of a tag's text.
  static let longestTag = 8000

  /// A name of letters, digits and `_-. :/`, which reads as a relative path: `callbacks[0]` becomes `callbacks.0`.
  static func key(_ name: String) -> String {
    let allowed = name.unicodeScalars.compactMap { scalar -> Character? in
      switch scalar {
      case "[": "."
      case "]": nil
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", " ", ":", "/": Character(scalar)
      default: "_"
      }
    }
    // Parts of a path that are empty, `.` or `..` are refused.
    let parts = String(allowed).split(separator: "/").filter { $0 != "." && $0 != ".." }
    let key = String(parts.joined(separator: "/").prefix(longestKey))
    return key.isEmpty ? "_" : key
  }

  /// The beginning of a text, with a sign where the rest was left out; MLflow counts code points.
  static func cut(_ text: String, to limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.prefix(limit - 1))
    return String(scalars) + "…"
  }
}
