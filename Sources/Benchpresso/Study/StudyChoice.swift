import Configuration
import SafeFiles
import Studies

/// Which units of a study are to run.
struct StudyChoice {
  let plan: StudyPlan
  let folder: StudyFolder

  /// The units that are open, failed ones left out, with what they need.
  ///
  /// - Throws: ``StudyError`` when a pattern means no unit.
  func open(only patterns: [String]) throws -> [StudyUnit] {
    var names = Set(try StudyCommand.matching(patterns, in: plan).map(\.name))
    var isGrowing = true
    while isGrowing {
      let needs = Set(plan.units.filter { names.contains($0.name) }.flatMap(\.needs))
      isGrowing = !needs.isSubset(of: names)
      names.formUnion(needs)
    }
    let states = UnitStatus.all(plan, in: folder)
    return plan.units.filter { unit in
      guard names.contains(unit.name) else { return false }
      switch states[unit.name] ?? .planned {
      case .done, .failed, .blocked: return false
      case .planned, .stopped: return true
      case .running:
        Console.note("\(unit.name) is being worked on by another process")
        return false
      }
    }
  }

  /// Forgets that units are done or failed: their folders get a name of their own and are kept.
  func reset(_ words: [String]) throws {
    guard !words.isEmpty else { return }
    let states = UnitStatus.all(plan, in: folder)
    for word in words {
      let units: [StudyUnit]
      switch word {
      case "failed":
        units = plan.units.filter { unit in if case .failed = states[unit.name] { true } else { false } }
      case "all": units = plan.units
      default: units = try StudyCommand.matching([word], in: plan)
      }
      for unit in units {
        let place = folder.unit(unit)
        guard PathText.exists(place.state) else { continue }
        guard let lock = try UnitLock(place) else { throw StudyError.held(unit: unit.name, by: "another process") }
        defer { withExtendedLifetime(lock) {} }
        if case .failed = states[unit.name] {
          // A training that failed goes on from its last checkpoint.
          try FileRemoval.remove(place.state)
        } else {
          try OldUnit.setAside(place)
        }
      }
    }
  }
}
