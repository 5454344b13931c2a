import ArgumentParser
import Configuration

/// Ends of a command, as exit statuses.
enum Failure {
  /// Runs `body`; an error becomes its sentence on standard error and an exit status; see ``ExitStatus``.
  static func reported(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as ExitCode {
      throw error
    } catch {
      switch error {
      case let error as Interrupted: Console.note("\(error)")
      case let error as ConfigurationError: show(error)
      default: Console.note("error: \(error)")
      }
      throw ExitCode(status(of: error))
    }
  }

  /// The exit status of an error.
  static func status(of error: any Error) -> Int32 {
    switch error {
    case let code as ExitCode: code.rawValue
    case let error as Interrupted: error.isRequeued ? ExitStatus.requeued : ExitStatus.signal + error.signal
    case is ConfigurationError, is UsageError: ExitStatus.usage
    default: ExitStatus.failure
    }
  }

  /// Writes all problems of a configuration.
  static func show(_ error: ConfigurationError) {
    for line in StudyHint.problems(of: error).flatMap({ ProblemReport.lines($0) }) { Console.note(line) }
  }
}
