import ArgumentParser
public import Registry
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program, for its own executable and for those that add components to it.
///
///     import Benchpresso
///
///     Program.main(adding: [Entry(NonlinearityKind.self, "nonlinearity.Mine", …)])
public enum Program {
  private static let additions = Mutex<[Entry]>([])

  /// Runs the command line of this process and exits.
  ///
  /// - Parameter entries: components beside those that ship; configurations name them like any other.
  public static func main(adding entries: [Entry] = []) -> Never {
    additions.withLock { $0 = entries }
    Interruption.ignoreFileSizeLimit()
    do {
      let words = try CommandOrder.standard.arranged(Array(CommandLine.arguments.dropFirst()))
      var command = try BenchpressoCommand.parseAsRoot(words)
      try command.run()
    } catch {
      end(with: error)
    }
    exit(ExitStatus.success)
  }

  /// Shows help on standard output, and what is wrong with a command line on standard error.
  private static func end(with error: any Error) -> Never {
    if let code = error as? ExitCode { exit(code.rawValue) }
    if error is UsageError {
      Console.note("error: \(error)")
      exit(ExitStatus.usage)
    }
    let message = BenchpressoCommand.fullMessage(for: error)
    let code = BenchpressoCommand.exitCode(for: error)
    guard !code.isSuccess else {
      Console.result(message)
      exit(ExitStatus.success)
    }
    Console.note(message.hasPrefix("Error: ") ? "error: " + message.dropFirst(7) : message)
    exit(code == .validationFailure ? ExitStatus.usage : code.rawValue)
  }

  /// The components that ship and those that were added.
  static func catalogue() throws(RegistryError) -> Catalogue { try BuiltIn.catalogue(adding: additions.withLock { $0 }) }
}
