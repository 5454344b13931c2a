#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The time that the processor has spent on this process.
enum ProcessorClock {
  static var seconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}

/// Lines for the program that waits for them.
enum Answer {
  /// Writes a line at once.
  static func write(_ line: String) {
    print(line)
    fflush(nil)
  }
}
