import ArgumentParser
import ChildProcesses
import Codecs
import Configuration
import Foundation
import Reporting
import SafeFiles
import Studies
import Synchronization

/// Runs what is open in a study on this machine, each unit in a process of its own.
struct StudyRun {
  let folder: StudyFolder
  let plan: StudyPlan
  let jobs: Int
  var failsFast = false
  /// A command line that runs a unit elsewhere; nil starts this program.
  var launcher: String?

  /// Works through units.
  ///
  /// - Throws: ``Interrupted`` after Ctrl-C, when every process has written what it had.
  func run(_ units: [StudyUnit]) throws -> StudyRunner.Report {
    Interruption.listen(includingUSR1: true)
    let progress = Mutex(StudyProgress(units: units, plan: plan, folder: folder, jobs: jobs))
    var runner = StudyRunner(units: units, jobs: jobs)
    runner.failsFast = failsFast
    let ending = Atomic<Bool>(false)
    let line = Thread {
      while !ending.load(ordering: .relaxed) {
        if Console.isTerminal { Console.progress(progress.withLock { $0.line }) }
        Thread.sleep(forTimeInterval: 1)
      }
    }
    line.start()
    let report = runner.run(
      shouldStop: { Interruption.signal != nil },
      tell: { event in
        switch event {
        case .began(let unit): progress.withLock { $0.begin(unit) }
        case .ended(let unit, let outcome, let seconds):
          progress.withLock { $0.end(unit, seconds: seconds) }
          switch outcome {
          case .done: Console.note("done    \(unit.name) (\(NumberText.duration(seconds)))")
          case .failed(let reason): Console.note("failed  \(unit.name): \(reason)\n        its log: \(folder.unit(unit).log)")
          case .stopped: Console.note("stopped \(unit.name)")
          }
        }
      },
      execute: { unit in Self.execute(unit, in: folder, launcher: launcher) })
    ending.store(true, ordering: .relaxed)
    Console.endProgress()
    if let signal = Interruption.signal {
      throw Interrupted(
        signal: signal,
        sentence: "stopped; \(report.done.count) units were done now, and the same command goes on with the rest")
    }
    return report
  }

  /// Runs a unit in a process of its own and waits for it; a signal is passed on once.
  private static func execute(_ unit: StudyUnit, in folder: StudyFolder, launcher: String?) -> StudyRunner.Outcome {
    let place = folder.unit(unit)
    do {
      try Folder.create(place.path)
      let own = [ProgramPath.current, "study", "exec", PathText.absolute(folder.path), "--unit", unit.name]
      let words = try launcher.map { try LauncherCommand($0).words(command: own, unit: unit) } ?? own
      let process = try RunningProcess(words[0], Array(words.dropFirst()), log: place.log)
      var isTold = false
      let ending = process.wait {
        guard !isTold, let signal = Interruption.signal else { return }
        isTold = true
        process.send(signal == SIGUSR1 ? SIGUSR1 : SIGTERM)
      }
      let state = UnitState.read(place)
      if state?.phase == .done { return .done }
      if state?.phase == .failed, let reason = state?.reason { return .failed(reason) }
      if isTold || state?.phase == .stopped { return .stopped }
      return .failed("its process \(ending)")
    } catch {
      return .failed("\(error)")
    }
  }
}

/// The command line that hands a unit to a launcher: `srun -n 1 {command}`.
struct LauncherCommand {
  let text: String

  /// Checks the text.
  ///
  /// - Throws: ``UsageError`` when it has no place for the command.
  init(_ text: String) throws {
    guard text.contains("{command}") else {
      throw UsageError.needs(
        "a launcher's command needs {command}, the place of the unit's own command, for example 'srun -n 1 {command}'; found '\(text)'")
    }
    self.text = text
  }

  /// Returns the words for a unit.
  func words(command: [String], unit: StudyUnit) throws -> [String] {
    try CommandWords.split(text).flatMap { word -> [String] in
      if word == "{command}" { return command }
      let quoted = command.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
      return [
        word.replacing("{command}", with: quoted).replacing("{name}", with: unit.folderName).replacing("{kind}", with: unit.kind.rawValue)
      ]
    }
  }
}
