#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Numbers as text for people; files for programs keep all digits.
public enum NumberText {
  /// Returns `value` with a fixed number of decimals, correctly rounded; `–` for nil, `inf`, `-inf` or `nan` where it is not finite.
  public static func fixed(_ value: Double?, decimals: Int) -> String {
    guard let value else { return "–" }
    let length = withVaList([Int32(decimals), value]) { vsnprintf(nil, 0, "%.*f", $0) }
    var buffer = [CChar](repeating: 0, count: Int(length) + 1)
    withVaList([Int32(decimals), value]) { _ = vsnprintf(&buffer, buffer.count, "%.*f", $0) }
    return String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Returns a small number as `1.0e-04`: one digit before the point, one behind it.
  public static func scientific(_ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 32)
    withVaList([value]) { _ = vsnprintf(&buffer, buffer.count, "%.1e", $0) }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Returns `value` with at most `digits` digits that count, without zeros at the end, as C's `%g`.
  public static func significant(_ value: Double, digits: Int = 6) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    withVaList([Int32(min(max(digits, 1), 17)), value]) { _ = vsnprintf(&buffer, buffer.count, "%.*g", $0) }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Returns `value` with a sign in front, also where it is positive, as differences are written.
  public static func signed(_ value: Double?, decimals: Int) -> String {
    let text = fixed(value, decimals: decimals)
    return (value ?? -1) > 0 ? "+\(text)" : text
  }

  /// Returns a whole number with a comma between groups of three digits.
  public static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// Returns a duration as people say it: `0.4s`, `42s`, `12m 05s`, `1h 02m`, `3d 04h`; `–` for nil or where it is not finite.
  public static func duration(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite, seconds >= 0, seconds < 1e15 else { return "–" }
    if seconds < 9.95 { return fixed(seconds, decimals: 1) + "s" }
    let whole = Int(seconds.rounded())
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return "\(whole / 60)m \(two(whole % 60))s" }
    if whole < 86400 { return "\(whole / 3600)h \(two(whole % 3600 / 60))m" }
    return "\(whole / 86400)d \(two(whole % 86400 / 3600))h"
  }
}
