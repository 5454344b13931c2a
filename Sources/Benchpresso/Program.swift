import ArgumentParser
public import Registry
import Synchronization

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
    BenchpressoCommand.main()
    BenchpressoCommand.exit()
  }

  /// The components that ship and those that were added.
  static func catalogue() throws(RegistryError) -> Catalogue { try BuiltIn.catalogue(adding: additions.withLock { $0 }) }
}
