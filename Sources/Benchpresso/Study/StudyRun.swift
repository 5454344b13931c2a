import ChildProcesses
import Configuration
import Foundation
import Reporting
import SafeFiles
import Studies
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs what is open in a study on this machine, each unit in a process of its own.
struct StudyRun {
  let folder: StudyFolder
  let plan: StudyPlan
  let jobs: Int
  var failsFast = false
  /// A command line that runs a unit elsewhere; nil starts this program.
  var launcher: LauncherCommand?

  /// Works through units.
  ///
  /// - Throws: ``Interrupted`` after Ctrl-C, when every process has written what it had.
  func run(_ units: [StudyUnit]) throws -> StudyRunner.Report {
    Interruption.listen(includingUSR1: true)
    let watch = Watch(progress: StudyProgress(units: units, plan: plan, folder: folder, jobs: jobs), folder: folder)
    var runner = StudyRunner(units: units, jobs: jobs)
    runner.failsFast = failsFast
    watch.begin()
    let report = runner.run(
      shouldStop: { Interruption.signal != nil }, tell: { watch.tell($0) },
      execute: { unit in UnitProcess(unit: unit, folder: folder, launcher: launcher).run() })
    watch.end()
    if let signal = Interruption.signal {
      throw Interrupted(
        signal: signal,
        sentence: "stopped; \(report.done.count) units were done now, and the same command goes on with the rest")
    }
    return report
  }

  /// What a person sees of a run: a line for each unit that ended, and one on terminals that tells how far everything is.
  private final class Watch: Sendable {
    private let progress: Mutex<StudyProgress>
    private let awaited = Mutex<Set<String>>([])
    private let isOver = Atomic<Bool>(false)
    private let folder: StudyFolder

    init(progress: StudyProgress, folder: StudyFolder) {
      self.progress = Mutex(progress)
      self.folder = folder
    }

    func begin() {
      guard Console.isTerminal else { return }
      let line = Thread { [self] in
        while !isOver.load(ordering: .relaxed) {
          Console.progress(progress.withLock { $0.line })
          Thread.sleep(forTimeInterval: 1)
        }
      }
      line.start()
    }

    func end() {
      isOver.store(true, ordering: .relaxed)
      Console.endProgress()
    }

    func tell(_ event: StudyRunner.Event) {
      switch event {
      case .began(let unit): progress.withLock { $0.begin(unit) }
      case .ended(let unit, .elsewhere, _):
        progress.withLock { $0.leave(unit) }
        if awaited.withLock({ $0.insert(unit.name).inserted }) { Console.note("another process works on \(unit.name); it is waited for") }
      case .ended(let unit, let outcome, let seconds):
        progress.withLock { $0.end(unit) }
        switch outcome {
        case .done: Console.note("done    \(unit.name) (\(NumberText.duration(seconds)))")
        case .failed(let reason): Console.note("failed  \(unit.name): \(reason)\n        its log: \(folder.unit(unit).log)")
        case .stopped, .elsewhere: Console.note("stopped \(unit.name)")
        }
      }
    }
  }
}
