/// Comma-separated values with the quoting of RFC 4180; lines end in a single newline, which every reader accepts.
public enum CSV {
  /// Returns one line, newline included.
  public static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
  }

  /// Returns a field as it stands in a line: in quotes, inner quotes doubled, where it contains a comma, a quote or a line break.
  public static func quoted(_ field: String) -> String {
    let special = field.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
    guard special else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
