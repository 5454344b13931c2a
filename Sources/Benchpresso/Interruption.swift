import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C and SIGTERM as a question that a long task asks between two steps; a second signal ends the program at once.
enum Interruption {
  private static let received = Atomic<Int32>(0)

  /// The signal that came; nil when none did.
  static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Starts to listen.
  static func listen() {
    for number in [SIGINT, SIGTERM] {
      #if canImport(Glibc)
        _ = Glibc.signal(number) { number in Interruption.handle(number) }
      #else
        _ = Darwin.signal(number) { number in Interruption.handle(number) }
      #endif
    }
  }

  private static func handle(_ number: Int32) {
    if received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
  }
}
