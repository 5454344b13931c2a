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

  private struct State {
    var waiting: [StudyUnit]
    var running: [StudyUnit] = []
    var report = Report()
    var isEnding = false
  }

  /// Runs all units.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked about ten times a second; no unit begins after it said so.
  ///   - tell: Called from any thread.
  ///   - execute: Runs one unit to its end, on a thread of its own.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool, tell: @escaping @Sendable (Event) -> Void,
    execute: @escaping @Sendable (StudyUnit) -> Outcome
  ) -> Report {
    let state = Mutex(State(waiting: units))
    let ends = (0..<jobs).map { number in
      let end = Latch()
      let thread = Thread {
        defer { end.signal() }
        while true {
          if shouldStop() { return }
          switch state.withLock({ Self.next(&$0) }) {
          case .unit(let unit):
            tell(.began(unit))
            let start = ContinuousClock.now
            let outcome = execute(unit)
            tell(.ended(unit, outcome, seconds: (ContinuousClock.now - start) / .seconds(1)))
            state.withLock { Self.end(unit, outcome, &$0, failsFast: failsFast) }
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
    return state.withLock { state in
      state.report.left = state.waiting.map(\.name)
      return state.report
    }
  }

  private enum Next {
    case unit(StudyUnit)
    case wait
    case nothing
  }

  private static func next(_ state: inout State) -> Next {
    block(&state)
    if state.waiting.isEmpty || state.isEnding { return .nothing }
    if state.running.contains(where: { $0.kind == .time }) { return .wait }
    let open = Set(state.waiting.map(\.name) + state.running.map(\.name))
    let ready = state.waiting.firstIndex { unit in
      (unit.kind != .time || state.running.isEmpty) && !unit.needs.contains { open.contains($0) }
    }
    guard let ready else {
      // Nothing runs and nothing is ready: a circle, which a plan never has.
      return state.running.isEmpty ? .nothing : .wait
    }
    let unit = state.waiting.remove(at: ready)
    state.running.append(unit)
    return .unit(unit)
  }

  /// Takes out what waits for a unit that failed.
  private static func block(_ state: inout State) {
    var isChanging = true
    while isChanging {
      isChanging = false
      for unit in state.waiting {
        let failed = unit.needs.first { state.report.failed[$0] != nil } ?? unit.needs.compactMap { state.report.blocked[$0] }.first
        let stopped = unit.needs.contains { state.report.stopped.contains($0) }
        guard failed != nil || stopped else { continue }
        state.waiting.removeAll { $0.name == unit.name }
        if let failed { state.report.blocked[unit.name] = failed } else { state.report.stopped.append(unit.name) }
        isChanging = true
      }
    }
  }

  private static func end(_ unit: StudyUnit, _ outcome: Outcome, _ state: inout State, failsFast: Bool) {
    state.running.removeAll { $0.name == unit.name }
    switch outcome {
    case .done: state.report.done.append(unit.name)
    case .failed(let reason):
      state.report.failed[unit.name] = reason
      if failsFast { state.isEnding = true }
    case .stopped: state.report.stopped.append(unit.name)
    }
  }
}

/// A condition that is met once.
private final class Latch: @unchecked Sendable {
  private let condition = NSCondition()
  private var isMet = false

  func signal() {
    condition.lock()
    isMet = true
    condition.broadcast()
    condition.unlock()
  }

  func wait() {
    condition.lock()
    while !isMet { condition.wait() }
    condition.unlock()
  }
}
