import Results

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What can be said about a unit right now.
public enum UnitStatus: Sendable, Equatable {
  /// Nothing was done.
  case planned
  /// A process works on it.
  case running
  /// It is done.
  case done
  /// It ended with an error.
  case failed(reason: String)
  /// It was stopped, or its process is gone; it goes on where it was.
  case stopped
  /// A unit that it needs failed.
  case blocked(by: String)

  /// How old the sign of life of a process on another machine may be, in seconds.
  public static let patience = 120.0

  /// One word.
  public var word: String {
    switch self {
    case .planned: "planned"
    case .running: "running"
    case .done: "done"
    case .failed: "failed"
    case .stopped: "stopped"
    case .blocked: "blocked"
    }
  }

  /// Reads what a unit's own folder says, without looking at those that it needs.
  public init(_ folder: UnitFolder) {
    let state = UnitState.read(folder)
    if state?.phase == .done {
      self = .done
      return
    }
    // Who has the lock is about to begin, whatever was before.
    if UnitLock.isHeld(folder) {
      self = .running
      return
    }
    switch state?.phase {
    case nil, .planned?: self = .planned
    case .done?: self = .done
    case .failed?: self = .failed(reason: state?.reason ?? "no reason was noted")
    case .stopped?: self = .stopped
    case .running?: self = state.map { Self.lives(elsewhere: $0) } ?? false ? .running : .stopped
    }
  }

  /// Whether a process on another machine, whose locks may not be seen here, has said a moment ago that it works on a unit.
  public static func lives(elsewhere state: UnitState) -> Bool {
    state.phase == .running && state.host != Machine.hostName && Date().timeIntervalSince1970 - state.heartbeat < patience
  }

  /// Reads all units of a plan, those included that wait for one that failed.
  ///
  /// - Parameter again: units that count as planned, whatever their folders say.
  public static func all(_ plan: StudyPlan, in folder: StudyFolder, taking again: Set<String> = []) -> [String: UnitStatus] {
    var result: [String: UnitStatus] = [:]
    for unit in plan.units { result[unit.name] = again.contains(unit.name) ? .planned : UnitStatus(folder.unit(unit)) }
    // Needs always point to earlier units, or to neighbours in rate; a few rounds reach the end of every chain.
    var isChanging = true
    while isChanging {
      isChanging = false
      for unit in plan.units {
        guard let own = result[unit.name], own == .planned || own == .stopped else { continue }
        for need in unit.needs {
          switch result[need] {
          case .failed:
            result[unit.name] = .blocked(by: need)
            isChanging = true
          case .blocked(let first):
            result[unit.name] = .blocked(by: first)
            isChanging = true
          default: continue
          }
          break
        }
      }
    }
    return result
  }
}
