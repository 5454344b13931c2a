import Configuration
import SafeFiles
import Studies

/// Which units of a study are to run.
struct StudyChoice {
  let plan: StudyPlan
  let folder: StudyFolder
  /// The units that were asked for, with all that they need.
  let units: [StudyUnit]
  /// How far every unit of the plan is, those that run again taken as open.
  private let states: [String: UnitStatus]
  /// The units that run again.
  let again: [StudyUnit]

  /// Reads what is asked for.
  ///
  /// - Parameters:
  ///   - patterns: names, variations, kinds and patterns with `*`; none for all.
  ///   - rerun: what is to be run again: `failed`, `all`, or patterns.
  /// - Throws: `StudyError` when a pattern means no unit.
  init(plan: StudyPlan, folder: StudyFolder, only patterns: [String], rerun: [String] = []) throws {
    (self.plan, self.folder) = (plan, folder)
    var names = Set(try UnitPattern.matching(patterns, in: plan).map(\.name))
    var isGrowing = true
    while isGrowing {
      let needs = Set(plan.units.filter { names.contains($0.name) }.flatMap(\.needs))
      isGrowing = !needs.isSubset(of: names)
      names.formUnion(needs)
    }
    units = plan.units.filter { names.contains($0.name) }
    let states = UnitStatus.all(plan, in: folder)
    var again: [StudyUnit] = []
    for word in rerun {
      let found =
        switch word {
        case "failed": plan.units.filter { if case .failed = states[$0.name] { true } else { false } }
        case "all": plan.units
        default: try UnitPattern.matching([word], in: plan)
        }
      again += found.filter { unit in !again.contains { $0.name == unit.name } }
    }
    self.again = again
    self.states = UnitStatus.all(plan, in: folder, taking: Set(again.map(\.name)))
  }

  /// The units that are open: neither done nor failed, nor in need of one that failed.
  ///
  /// - Parameter includingRunning: Whether those count that another process works on.
  func open(includingRunning: Bool) -> [StudyUnit] {
    units.filter { unit in
      switch states[unit.name] ?? .planned {
      case .done, .failed, .blocked: return false
      case .planned, .stopped: return true
      case .running: return includingRunning
      }
    }
  }

  /// The units that failed before, with their reasons.
  var failed: [String: String] {
    var result: [String: String] = [:]
    for unit in units { if case .failed(let reason)? = states[unit.name] { result[unit.name] = reason } }
    return result
  }

  /// The units that wait for one that failed before.
  var blocked: [String: String] {
    var result: [String: String] = [:]
    for unit in units { if case .blocked(let need)? = states[unit.name] { result[unit.name] = need } }
    return result
  }

  /// Forgets that the units that run again are done or failed: what they left is kept under another name.
  ///
  /// - Throws: `StudyError` when another process works on one of them.
  func reset() throws {
    for unit in again {
      let place = folder.unit(unit)
      guard PathText.exists(place.state) else { continue }
      guard let lock = try UnitLock(place) else { throw StudyError.held(unit: unit.name, by: "another process") }
      defer { withExtendedLifetime(lock) {} }
      if UnitState.read(place)?.phase == .failed {
        // A training that failed goes on from its last checkpoint.
        try FileRemoval.remove(place.state)
      } else {
        try OldUnit.setAside(place)
      }
    }
  }
}
