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
    } catch let error as Interrupted {
      Console.note("\(error)")
      throw ExitCode(error.isRequeued ? ExitStatus.requeued : ExitStatus.signal + error.signal)
    } catch let error as ConfigurationError {
      show(error)
      throw ExitCode(ExitStatus.usage)
    } catch let error as UsageError {
      Console.note("error: \(error)")
      throw ExitCode(ExitStatus.usage)
    } catch {
      Console.note("error: \(error)")
      throw ExitCode(ExitStatus.failure)
    }
  }

  /// Writes all problems of a configuration.
  static func show(_ error: ConfigurationError) {
    for line in error.problems.flatMap({ ProblemReport.lines($0) }) { Console.note(line) }
  }
}
