import ChildProcesses
import Configuration
import Foundation
import SafeFiles
import Studies

/// The time of a training step of each variation, by running a few and then a few more.
struct StepTiming {
  let plan: StudyPlan
  let folder: StudyFolder

  /// Returns the seconds of a step for each variation with an open training.
  ///
  /// - Parameter steps: Steps of the first run; the second makes three times as many, and the difference counts.
  func measure(steps: Int) throws -> [String: Double] {
    var times: [String: Double] = [:]
    for unit in plan.units(of: .fit) {
      guard let variation = unit.variation, times[variation] == nil else { continue }
      Console.progress("measuring a step of \(variation)")
      let short = try seconds(unit, steps: steps)
      let long = try seconds(unit, steps: 3 * steps)
      times[variation] = max(long - short, 0) / Double(2 * steps)
    }
    Console.endProgress()
    return times
  }

  private func seconds(_ unit: StudyUnit, steps: Int) throws -> Double {
    let words = [
      "fit", "--config", folder.unit(unit).configuration, "--no-env", "--trainer.fast_dev_run", "\(steps)", "--trainer.logger", "false",
    ]
    let start = ContinuousClock.now
    let result = try ChildProcess(ProgramPath.current, words).run()
    guard result.isSuccess else {
      let words = result.messagesText.split(separator: "\n").last.map(String.init) ?? "\(result.ending)"
      throw UsageError.needs("'\(unit.name)' does not run: \(words)")
    }
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
