import ModelRegistry
import SafeFiles
import Synchronization

/// The registry of a server: opened when there is one, looked at again when its files changed.
final class LiveRegistry: Sendable {
  let folder: String
  private let opened = Mutex<(store: RegistryStore, stamp: FileStamp)?>(nil)

  init(folder: String) { self.folder = folder }

  /// What a state of the registry is known by: its database, and what was written since and is not yet in it.
  struct State: Sendable, Equatable {
    fileprivate let database: FileStamp
    private let log: FileStamp?

    /// Nil without a registry.
    fileprivate init?(_ folder: String) {
      guard let database = FileStamp("\(folder)/registry.sqlite") else { return nil }
      (self.database, log) = (database, FileStamp("\(folder)/registry.sqlite-wal"))
    }
  }

  /// The state of the moment; nil without a registry.
  var state: State? { State(folder) }

  /// The registry; nil where there is none: looking at one must not make it.
  ///
  /// - Throws: `RegistryError`.
  func store() throws -> RegistryStore? {
    try opened.withLock { opened in
      guard let stamp = state?.database else {
        opened = nil
        return nil
      }
      // A database that was put in the place of another one has another number.
      if let current = opened, current.stamp.isSameFile(as: stamp) { return current.store }
      let store = try RegistryStore(folder: folder)
      opened = (store, stamp)
      return store
    }
  }
}
