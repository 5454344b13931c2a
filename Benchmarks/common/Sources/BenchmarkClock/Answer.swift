#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines for the program that waits for them.
public enum Answer {
  /// Writes a line at once.
  public static func write(_ line: String) {
    print(line)
    fflush(nil)
  }

  /// Writes named numbers as a JSON object.
  public static func write(_ numbers: KeyValuePairs<String, any Numeric>) {
    write("{\(numbers.map { "\"\($0)\": \($1)" }.joined(separator: ", "))}")
  }
}
