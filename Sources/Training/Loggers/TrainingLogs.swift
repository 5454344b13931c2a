import Configuration
import Images

/// The logs of a run as one.
final class TrainingLogs: TrainingLog {
  private let logs: [any TrainingLog]

  /// Opens a log of each logger.
  init(_ loggers: [any TrainingLogger], run: LoggedRun) throws { logs = try loggers.map { try $0.open(run) } }

  /// Opens a log of each logger for a run with a configuration in YAML, whose values are the hyper-parameters.
  convenience init(_ loggers: [any TrainingLogger], folder: RunFolder, step: Int, configuration: String) throws {
    guard !loggers.isEmpty else {
      try self.init([], run: LoggedRun(folder: folder, step: step))
      return
    }
    let tree = try ConfigurationFile.parse(configuration, source: folder.configuration)
    try self.init(
      loggers,
      run: LoggedRun(
        folder: folder, step: step, hyperparameters: LoggedRun.Hyperparameter.all(of: tree), configuration: configuration))
  }

  func write(_ scalars: [LoggedScalar], step: Int) throws { try each { try $0.write(scalars, step: step) } }
  func write(_ image: Image, name: String, step: Int) throws { try each { try $0.write(image, name: name, step: step) } }
  func attach(file path: String, name: String) throws { try each { try $0.attach(file: path, name: name) } }
  func flush() throws { try each { try $0.flush() } }
  func finish(_ status: RunStatus) throws { try each { try $0.finish(status) } }
  func takeWarnings() -> [String] { logs.flatMap { $0.takeWarnings() } }

  /// Does what a run consists of and ends the logs as it ended.
  ///
  /// - Parameter warn: Told what the user should know at the end.
  func closing(warn: (String) -> Void, _ run: () throws -> Trainer.Outcome) throws -> Trainer.Outcome {
    defer { takeWarnings().forEach(warn) }
    let outcome: Trainer.Outcome
    do {
      outcome = try run()
    } catch {
      // The error of the run counts, not one of its logs.
      try? finish(.failed)
      throw error
    }
    try finish(outcome == .finished ? .finished : .interrupted)
    return outcome
  }

  /// Lets every log have its turn before the first error is thrown.
  private func each(_ body: (any TrainingLog) throws -> Void) throws {
    var first: (any Error)?
    for log in logs {
      do { try body(log) } catch { first = first ?? error }
    }
    if let first { throw first }
  }
}
