#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Seconds of the clock, and lines for the program that waits for them.
enum Clock {
  /// The seconds that `work` takes.
  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// Writes a line at once.
  static func write(_ line: String) {
    print(line)
    fflush(nil)
  }
}
