/// Which unit comes next: the logic of ``StudyRunner`` without its threads.
struct StudyQueue {
  /// What a thread with nothing to do does.
  enum Next {
    case unit(StudyUnit)
    case wait
    case nothing
  }

  private(set) var waiting: [StudyUnit]
  private(set) var running: [StudyUnit] = []
  private(set) var report = StudyRunner.Report()
  /// When units that another process works on are asked for again.
  private var later: [String: ContinuousClock.Instant] = [:]
  private var isEnding = false

  init(_ units: [StudyUnit]) { waiting = units }

  /// Takes out the next unit that may begin.
  mutating func next(now: ContinuousClock.Instant) -> Next {
    block()
    if waiting.isEmpty || isEnding { return .nothing }
    if running.contains(where: { $0.kind == .time }) { return .wait }
    let open = Set(waiting.map(\.name) + running.map(\.name))
    let ready = waiting.firstIndex { unit in
      (unit.kind != .time || running.isEmpty) && !unit.needs.contains { open.contains($0) } && later[unit.name].map { $0 <= now } ?? true
    }
    guard let ready else {
      // Nothing runs, nothing is awaited and nothing is ready: a circle, which a plan never has.
      return running.isEmpty && !waiting.contains { later[$0.name] != nil } ? .nothing : .wait
    }
    let unit = waiting.remove(at: ready)
    running.append(unit)
    return .unit(unit)
  }

  /// Notes how a unit ended.
  mutating func end(_ unit: StudyUnit, _ outcome: StudyRunner.Outcome, failsFast: Bool, now: ContinuousClock.Instant) {
    running.removeAll { $0.name == unit.name }
    switch outcome {
    case .done: report.done.append(unit.name)
    case .failed(let reason):
      report.failed[unit.name] = reason
      if failsFast { isEnding = true }
    case .stopped: report.stopped.append(unit.name)
    case .elsewhere:
      later[unit.name] = now + StudyRunner.pause
      waiting.append(unit)
    }
  }

  /// The report, with what nothing came to.
  func finished() -> StudyRunner.Report {
    var report = report
    report.left = waiting.map(\.name)
    return report
  }

  /// Takes out what waits for a unit that failed or was stopped.
  private mutating func block() {
    var isChanging = true
    while isChanging {
      isChanging = false
      for unit in waiting {
        let failed = unit.needs.first { report.failed[$0] != nil } ?? unit.needs.compactMap { report.blocked[$0] }.first
        let stopped = unit.needs.contains { report.stopped.contains($0) }
        guard failed != nil || stopped else { continue }
        waiting.removeAll { $0.name == unit.name }
        if let failed { report.blocked[unit.name] = failed } else { report.stopped.append(unit.name) }
        isChanging = true
      }
    }
  }
}
