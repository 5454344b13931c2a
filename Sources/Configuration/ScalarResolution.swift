/// What an unquoted YAML scalar means.
///
/// The YAML 1.2 core schema, with three liberties users of Python tools expect: `1e-6` is a number, `1_000` is a number,
/// and `yes`, `no`, `on`, `off` as well as `017` in base 8 and `12:30:45` in base 60 mean nothing special.
enum ScalarResolution {
  static func value(of text: String) -> Node.Content {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
    case ".nan", ".NaN", ".NAN": return .double(.nan)
    default: return number(text) ?? .string(text)
    }
  }

  private static func number(_ text: String) -> Node.Content? {
    guard let first = text.utf8.first, first < 0x3A, isWellFormed(text) else { return based(text) }
    let digits = text.replacing("_", with: "")
    if let int = Int(digits) { return .int(int) }
    return Double(digits).map { .double($0) }
  }

  /// Whether `text` is `[+-]digits[.digits][e[+-]digits]` or `[+-].digits…`; an underscore may stand between two digits.
  private static func isWellFormed(_ text: String) -> Bool {
    var rest = Substring(text)
    if let sign = rest.first, sign == "+" || sign == "-" { rest.removeFirst() }
    let whole = takeDigits(&rest)
    var fraction = 0
    if rest.first == "." {
      rest.removeFirst()
      fraction = takeDigits(&rest)
    }
    guard whole + fraction > 0 else { return false }
    if let mark = rest.first, mark == "e" || mark == "E" {
      rest.removeFirst()
      if let sign = rest.first, sign == "+" || sign == "-" { rest.removeFirst() }
      guard takeDigits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func takeDigits(_ rest: inout Substring) -> Int {
    var count = 0
    while let character = rest.first {
      if character.isASCII && character.isNumber {
        count += 1
      } else if character != "_" || count == 0 || !(rest.dropFirst().first.map { $0.isASCII && $0.isNumber } ?? false) {
        break
      }
      rest.removeFirst()
    }
    return count
  }

  private static func based(_ text: String) -> Node.Content? {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
      let digits = text.dropFirst(2)
      if let first = digits.first, first != "+", first != "-" { return Int(digits, radix: radix).map { .int($0) } }
    }
    return nil
  }
}
