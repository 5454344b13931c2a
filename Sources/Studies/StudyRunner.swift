import Foundation
import Synchronization

/// Works through the units of a plan on this machine, several at a time, and never a unit before those it needs.
///
/// A unit that fails stops only those that need it. Timings run alone: nothing starts beside them.
public struct StudyRunner: Sendable {
  /// How a unit ended.
  public enum Outcome: Sendable, Equatable {
    /// It is done.
    case done
    /// It failed, and why.
    case failed(String)
    /// It was stopped and can go on.
    case stopped
    /// Another process works on it; it is asked for again later, and others come before it.
    case elsewhere
  }

  /// What happens, for those who watch.
  public enum Event: Sendable {
    /// A unit begins.
    case began(StudyUnit)
    /// A unit ended after so many seconds.
    case ended(StudyUnit, Outcome, seconds: Double)
  }

  /// What became of the units.
  public struct Report: Sendable, Equatable {
    /// The names of those that were done now.
    public var done: [String] = []
    /// Those that failed, with their reasons.
    public var failed: [String: String] = [:]
    /// Those that wait for one that failed, with its name.
    public var blocked: [String: String] = [:]
    /// Those that were stopped.
    public var stopped: [String] = []
    /// Those that nothing came to.
    public var left: [String] = []

    /// Creates the report of nothing.
    public init() {}
  }

  /// How long a unit that another process works on is left alone.
  static let pause = Duration.milliseconds(500)

  /// The units to do; what else they need counts as done.
  public let units: [StudyUnit]
  /// How many units run at the same time.
  public let jobs: Int
  /// Whether the first failure ends everything.
  public var failsFast = false

  /// Creates a runner of these units.
  public init(units: [StudyUnit], jobs: Int) {
    self.units = units
    self.jobs = max(jobs, 1)
  }

  /// Runs all units.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked about twenty times a second; no unit begins after it said so.
  ///   - tell: Called from any thread.
  ///   - execute: Runs one unit to its end, on a thread of its own.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool, tell: @escaping @Sendable (Event) -> Void,
    execute: @escaping @Sendable (StudyUnit) -> Outcome
  ) -> Report {
    let queue = Mutex(StudyQueue(units))
    let ends = (0..<jobs).map { number in
      let end = Latch()
      let thread = Thread {
        defer { end.open() }
        while !shouldStop() {
          switch queue.withLock({ $0.next(now: .now) }) {
          case .unit(let unit):
            tell(.began(unit))
            let start = ContinuousClock.now
            let outcome = execute(unit)
            tell(.ended(unit, outcome, seconds: (ContinuousClock.now - start) / .seconds(1)))
            queue.withLock { $0.end(unit, outcome, failsFast: failsFast, now: .now) }
          case .wait: Thread.sleep(forTimeInterval: 0.05)
          case .nothing: return
          }
        }
      }
      thread.name = "unit \(number)"
      thread.start()
      return end
    }
    for end in ends { end.wait() }
    return queue.withLock { $0.finished() }
  }
}
