import GRDB
import SafeFiles

/// The registry of one user: an index in SQLite, and copies of small files.
///
/// Its folder holds `registry.sqlite` and `objects/`, where files lie by their hash. Several processes may read and write at once; each waits up to
/// half a minute for another. A change is made whole or not at all, whenever the process ends.
public final class RegistryStore: Sendable {
  /// The folder.
  public let folder: String
  let database: DatabasePool

  /// Opens the registry in `folder`, and makes it where there is none.
  ///
  /// - Throws: ``RegistryError``.
  public init(folder: String) throws {
    self.folder = folder
    do { try Folder.create("\(folder)/objects") } catch { throw RegistryError.file(error) }
    let path = "\(folder)/registry.sqlite"
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(30)
    configuration.foreignKeysEnabled = true
    do {
      database = try DatabasePool(path: path, configuration: configuration)
      if try database.read({ try RegistrySchema.migrator.hasBeenSuperseded($0) }) { throw RegistryError.newer(path: path) }
      try RegistrySchema.migrator.migrate(database)
    } catch let error as DatabaseError {
      throw RegistryError.database(path: path, reason: error.message ?? "\(error)")
    }
  }

  /// Runs `body` in one transaction.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value { try reported { try database.write(body) } }

  /// Runs `body` on one state of the database.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try reported { try database.read(body) } }

  private func reported<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw RegistryError.database(path: "\(folder)/registry.sqlite", reason: error.message ?? "\(error)")
    }
  }

  /// Where the copy of a file lies.
  public func object(_ hash: String) -> String { "\(folder)/objects/\(hash.prefix(2))/\(hash)" }
}
