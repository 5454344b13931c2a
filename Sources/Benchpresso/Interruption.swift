import ChildProcesses
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C, SIGTERM and Slurm's SIGUSR1 as a question that a long task asks between two steps; a second Ctrl-C or SIGTERM ends the program at
/// once, and with it the processes that it runs.
enum Interruption {
  private static let received = Atomic<Int32>(0)
  private static let isPatient = Atomic<Bool>(false)

  /// The signal that came; nil when none did.
  static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Makes writing beyond the limit of file sizes (`ulimit -f`) an error like a full disk, not the end of the program.
  static func ignoreFileSizeLimit() { setHandler(SIGXFSZ, SIG_IGN) }

  /// Starts to listen, even when whoever started the program had blocked the signals.
  ///
  /// - Parameters:
  ///   - includingUSR1: Whether SIGUSR1 counts, too, which would otherwise end the program.
  ///   - isPatient: Whether a second signal is passed over, as launchers of several processes send the terminal's signals once more.
  static func listen(includingUSR1: Bool = false, isPatient: Bool = false) {
    RunningChildren.prepare()
    Interruption.isPatient.store(isPatient, ordering: .relaxed)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in includingUSR1 ? [SIGINT, SIGTERM, SIGUSR1] : [SIGINT, SIGTERM] {
      setHandler(number) { number in Interruption.handle(number) }
      sigaddset(&signals, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func setHandler(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    #if canImport(Glibc)
      _ = Glibc.signal(number, handler)
    #else
      _ = Darwin.signal(number, handler)
    #endif
  }

  private static func handle(_ number: Int32) {
    let earlier = received.load(ordering: .relaxed)
    if earlier == 0 {
      received.store(number, ordering: .relaxed)
    } else if !isPatient.load(ordering: .relaxed), earlier != SIGUSR1, number != SIGUSR1 {
      RunningChildren.killAll()
      _exit(128 + number)
    }
  }
}
