import ArgumentParser
import Codecs
import Configuration
import Foundation
import Results
import SafeFiles
import Studies
import Synchronization
import Training

/// Runs one unit of a study in this process, from what its folder holds: nothing else is read.
struct StudyExecution {
  let folder: StudyFolder
  let plan: StudyPlan
  let unit: StudyUnit
  /// Whether to wait for what the unit needs; otherwise that it is not done is an error.
  var waits = false

  private var place: UnitFolder { folder.unit(unit) }

  /// Runs the unit, unless it is done; its state says how it went.
  ///
  /// - Throws: ``StudyError`` when another process works on it or what it needs is not done, and whatever the stage throws.
  func run() throws {
    try Folder.create(place.path)
    guard let lock = try UnitLock(place) else {
      let holder = UnitState.read(place).map { "process \($0.process) on \($0.host)" } ?? "another process"
      throw StudyError.held(unit: unit.name, by: holder)
    }
    defer { withExtendedLifetime(lock) {} }
    if UnitState.read(place)?.phase == .done {
      Console.note("\(unit.name) is done already")
      return
    }
    try waitForNeeds()
    let earlier = UnitState.read(place)?.seconds ?? 0
    let start = Date().timeIntervalSince1970
    let state = Mutex(
      UnitState(
        phase: .running, host: Machine.hostName, process: Int(getpid()), started: start, heartbeat: start, seconds: earlier,
        program: BuiltIn.version))
    try state.withLock { try $0.write(place) }
    let heart = Heart(place: place, state: state, start: start, earlier: earlier)
    heart.beginBeating()
    do {
      try work()
      try heart.end(.done, nil)
    } catch {
      let isStop = error is Interrupted || (error as? ExitCode).map { $0.rawValue >= 128 || $0.rawValue == ExitStatus.requeued } ?? false
      try? heart.end(isStop ? .stopped : .failed, isStop ? nil : String("\(error)".replacing("\n", with: " ").prefix(1000)))
      throw error
    }
  }

  private func waitForNeeds() throws {
    for need in unit.needs {
      guard let other = plan.unit(need) else { throw StudyError.noUnit(name: need, hint: "; plan the study anew") }
      while UnitStatus(folder.unit(other)) != .done {
        guard waits else { throw StudyError.notReady(unit: unit.name, needs: need) }
        if case .failed = UnitStatus(folder.unit(other)) { throw StudyError.notReady(unit: unit.name, needs: need) }
        Interruption.listen(includingUSR1: true)
        if let signal = Interruption.signal { throw Interrupted(signal: signal, sentence: "stopped while waiting for '\(need)'") }
        Thread.sleep(forTimeInterval: 2)
      }
    }
  }

  private func work() throws {
    switch unit.kind {
    case .fit: try train()
    case .test: try test()
    case .anchor:
      try CodecStage(words: ConfigurationWords(["--config", place.configuration, "--no-env"]), additions: [], format: .text).run()
    case .time: throw UsageError.needs("timings are not run by this version")
    }
    if unit.kind == .test || unit.kind == .anchor, !PathText.exists(place.resultsFile) {
      throw UsageError.needs("'\(unit.name)' wrote no results")
    }
  }

  private func train() throws {
    var words = ["--config", place.configuration, "--no-env", "--resume", "auto"]
    if let need = unit.needs.first, let neighbour = plan.unit(need) {
      words += ["--init_weights", try checkpoint(of: neighbour, isBest: true)]
    }
    let invocation = StageInvocation.self
    try JointTraining.run { group in
      _ = try FitStage(invocation: invocation.init(stage: "fit", words: ConfigurationWords(words)), group: group).run()
    }
  }

  private func test() throws {
    // What a killed measurement left is no result.
    try removeResults()
    var words = ["--config", place.configuration, "--no-env"]
    if let need = unit.needs.first, let training = plan.unit(need) {
      words += ["--ckpt_path", try checkpoint(of: training, isBest: unit.checkpoint != "last")]
    }
    try TestStage(invocation: StageInvocation(stage: "test", words: ConfigurationWords(words)), format: .text).test()
  }

  private func removeResults() throws {
    guard Folder.exists(place.results) else { return }
    for name in try Folder.names(in: place.results) where !Folder.exists("\(place.results)/\(name)") {
      try FileRemoval.remove("\(place.results)/\(name)")
    }
    Folder.removeIfEmpty("\(place.results)/.taken")
  }

  /// The checkpoint that a training of the study left.
  private func checkpoint(of training: StudyUnit, isBest: Bool) throws -> String {
    let runs = folder.unit(training).runs
    guard let run = try RunFolder.newestWithCheckpoint(root: runs, name: training.name) else {
      throw UsageError.needs("'\(training.name)' left no checkpoint in '\(runs)'")
    }
    return isBest && PathText.exists(run.best) ? run.best : run.last
  }
}

/// Says every few seconds that a unit is being worked on.
private final class Heart: @unchecked Sendable {
  private let place: UnitFolder
  private let state: Mutex<UnitState>
  private let start: Double
  private let earlier: Double
  private let isOver = Atomic<Bool>(false)

  init(place: UnitFolder, state: consuming Mutex<UnitState>, start: Double, earlier: Double) {
    self.place = place
    self.state = state
    self.start = start
    self.earlier = earlier
  }

  func beginBeating() {
    let thread = Thread { [self] in
      while !isOver.load(ordering: .relaxed) {
        Thread.sleep(forTimeInterval: 10)
        try? beat(.running, nil)
      }
    }
    thread.name = "heartbeat"
    thread.start()
  }

  func end(_ phase: UnitState.Phase, _ reason: String?) throws {
    isOver.store(true, ordering: .relaxed)
    try beat(phase, reason)
  }

  private func beat(_ phase: UnitState.Phase, _ reason: String?) throws {
    try state.withLock { state in
      // After the last word nothing more is said.
      guard state.phase == .running else { return }
      let now = Date().timeIntervalSince1970
      state.phase = phase
      state.heartbeat = now
      state.seconds = earlier + now - start
      state.reason = reason
      try state.write(place)
    }
  }
}
