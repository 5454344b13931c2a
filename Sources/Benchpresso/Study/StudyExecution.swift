import ArgumentParser
import Configuration
import Foundation
import Results
import SafeFiles
import Studies

/// Runs one unit of a study in this process, from what its folder and the plan hold: nothing else is read.
struct StudyExecution {
  let folder: StudyFolder
  let plan: StudyPlan
  let unit: StudyUnit
  /// Whether to wait for what the unit needs; otherwise that it is not done is an error.
  var waits = false

  private var place: UnitFolder { folder.unit(unit) }

  /// Runs the unit, unless it is done; its state says how it went.
  ///
  /// - Throws: `StudyError` when another process works on it or what it needs is not done, and whatever the stage throws.
  func run() throws {
    try Folder.create(place.path)
    let lock = try taken()
    defer { withExtendedLifetime(lock) {} }
    if UnitState.read(place)?.phase == .done {
      Console.note("\(unit.name) is done already")
      return
    }
    Interruption.listen(includingUSR1: true)
    try waitForNeeds()
    let share = try shareOfMachine()
    defer { withExtendedLifetime(share) {} }
    let heart = try UnitHeart(place)
    do {
      try UnitWork(folder: folder, plan: plan, unit: unit).run()
      try heart.end(.done)
    } catch {
      let isStop = error is Interrupted || (error as? ExitCode).map { $0.rawValue >= 128 || $0.rawValue == ExitStatus.requeued } ?? false
      try? heart.end(isStop ? .stopped : .failed, reason: isStop ? nil : Self.sentence(error))
      throw requeued(error)
    }
  }

  /// The right to work on the unit.
  private func taken() throws -> UnitLock {
    let state = UnitState.read(place)
    guard let lock = try UnitLock(place), !(state.map { UnitStatus.lives(elsewhere: $0) } ?? false) else {
      throw StudyError.held(unit: unit.name, by: state.map { "process \($0.process) on \($0.host)" } ?? "another process")
    }
    return lock
  }

  private func waitForNeeds() throws {
    for need in unit.needs {
      guard let other = plan.unit(need) else { throw StudyError.noUnit(name: need, hint: "; plan the study anew") }
      while UnitStatus(folder.unit(other)) != .done {
        guard waits else { throw StudyError.notReady(unit: unit.name, needs: need) }
        if case .failed = UnitStatus(folder.unit(other)) { throw StudyError.notReady(unit: unit.name, needs: need) }
        try pause("'\(need)'", seconds: 1)
      }
    }
  }

  /// A share of this machine; all of it for a timing.
  private func shareOfMachine() throws -> MachineShare {
    let share = try MachineShare(folder, host: Machine.hostName)
    var isTold = false
    while !share.take(for: unit.kind) {
      if !isTold { Console.note("waiting for the machine: \(unit.kind == .time ? "other units run here" : "a timing runs here")") }
      isTold = true
      try pause("the machine", seconds: 0.2)
    }
    return share
  }

  private func pause(_ what: String, seconds: Double) throws {
    if let signal = Interruption.signal { throw Interrupted(signal: signal, sentence: "stopped while waiting for \(what)") }
    Thread.sleep(forTimeInterval: seconds)
  }

  /// What a measurement was stopped by; a job whose time is over goes back into the queue, as trainings do by themselves.
  private func requeued(_ error: any Error) -> any Error {
    guard let stop = error as? Interrupted, stop.signal == SIGUSR1, !stop.isRequeued, unit.kind != .fit,
      let job = SlurmJob(ProcessEnvironment.slurm)
    else { return error }
    if let problem = job.requeue() {
      return Interrupted(signal: stop.signal, sentence: "\(stop.sentence); the job does not go on by itself: \(problem)")
    }
    return Interrupted(signal: stop.signal, sentence: "\(stop.sentence); job \(job.id) is back in the queue", isRequeued: true)
  }

  private static func sentence(_ error: any Error) -> String {
    if let code = error as? ExitCode { return "ended with status \(code.rawValue)" }
    return String("\(error)".replacing("\n", with: " ").prefix(1000))
  }
}
