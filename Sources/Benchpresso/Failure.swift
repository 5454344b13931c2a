import ArgumentParser
import Configuration

/// Ends of a command, as exit statuses.
enum Failure {
  /// Runs `body`; an error becomes its sentence on standard error and an exit status.
  ///
  /// 2 for a configuration, 128 and the signal's number for Ctrl-C and SIGTERM, 1 for everything else.
  static func reported(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as ExitCode {
      throw error
    } catch let error as ValidationError {
      throw error
    } catch let error as Interrupted {
      Console.note("\(error)")
      throw ExitCode(128 + error.signal)
    } catch let error as ConfigurationError {
      for problem in error.problems { Console.note("error: \(problem)") }
      throw ExitCode(2)
    } catch {
      Console.note("error: \(error)")
      throw ExitCode(1)
    }
  }
}
