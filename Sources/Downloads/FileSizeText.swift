/// Numbers of bytes for people.
public enum FileSizeText {
  /// Returns `count` with a unit: `512 B`, `1.4 MB`, `8.0 GB`; powers of 1000.
  public static func of(_ count: Int) -> String {
    guard count >= 1000 else { return "\(count) B" }
    var (value, unit) = (Double(count) / 1000, 0)
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
    while value >= 999.95, unit + 1 < units.count {
      value /= 1000
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
