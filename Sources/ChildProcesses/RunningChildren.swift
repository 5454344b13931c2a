import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The processes that run at this moment, in a table that the handler of a signal may read.
///
/// They lead process groups of their own, so that Ctrl-C on a terminal does not reach them: a program that ends at once must end them itself.
public enum RunningChildren {
  /// More than are ever started at the same time; what finds no place is not ended by ``killAll()``.
  private static let capacity = 2048
  /// Never freed, and only ever reached through atomic operations.
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<Atomic<pid_t>> = {
    let slots = UnsafeMutablePointer<Atomic<pid_t>>.allocate(capacity: capacity)
    for index in 0..<capacity { (slots + index).initialize(to: Atomic(0)) }
    return slots
  }()

  /// Makes the table, so that a handler need not; to be called before the handler is set.
  public static func prepare() { _ = slots }

  /// Kills each process with all that it started, and waits for none; safe in the handler of a signal after ``prepare()``.
  public static func killAll() {
    for index in 0..<capacity {
      let child = slots[index].load(ordering: .sequentiallyConsistent)
      if child > 0 { kill(-child, SIGKILL) }
    }
  }

  static func add(_ child: pid_t) {
    for index in 0..<capacity
    where slots[index].compareExchange(expected: 0, desired: child, ordering: .sequentiallyConsistent).exchanged { return }
  }

  static func remove(_ child: pid_t) {
    for index in 0..<capacity
    where slots[index].compareExchange(expected: child, desired: 0, ordering: .sequentiallyConsistent).exchanged { return }
  }
}
