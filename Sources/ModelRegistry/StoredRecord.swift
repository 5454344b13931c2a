import Foundation
import GRDB

/// A record with what the registry itself knows of it.
public struct StoredRecord: Sendable, Equatable {
  /// What the file says.
  public let record: Record
  /// When it was added, ISO 8601 in UTC.
  public let added: String
  /// Where the file lay when it was added; nil for one that was pulled.
  public let path: String?
  /// Whether the registry has a copy.
  public let isStored: Bool
  /// The tags, sorted.
  public let tags: [String]

  let id: Int64

  init(_ row: Row, in database: Database) throws {
    let contents: String = row["contents"]
    record = try JSONDecoder().decode(Record.self, from: Data(contents.utf8))
    (added, path, isStored, id) = (row["added"], row["path"], row["stored"], row["id"])
    tags = try String.fetchAll(database, sql: "SELECT tag FROM tag WHERE record = ? ORDER BY tag", arguments: [id])
  }
}
