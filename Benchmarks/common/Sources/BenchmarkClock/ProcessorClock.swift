#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The time that the processors have spent on this process, its threads together.
public enum ProcessorClock {
  /// The seconds since the start of the process.
  public static var seconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
