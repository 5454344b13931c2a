import Downloads
import Foundation
import GRDB
import Results
import SafeFiles

extension RegistryStore {
  /// What adding did.
  public enum Outcome: Sendable, Equatable {
    case added
    /// The contents were there; a path that is new is noted.
    case wasThere
  }

  /// How large a file may be that is copied without being asked for: 16 MiB.
  public static let smallSize = 16 << 20

  /// Adds a record of the file at `path`.
  ///
  /// Small files are copied, larger ones when `copies` is set; of the others the place is kept.
  ///
  /// - Parameter remembersPath: False for a path that does not last.
  /// - Throws: ``RegistryError``.
  @discardableResult public func add(
    _ record: Record, path: String, copies: Bool = false, remembersPath: Bool = true, tags: [String] = []
  ) throws -> Outcome {
    let isCopied = copies || record.size <= Self.smallSize && record.kind != .weights
    // The copy comes first: a record without its copy would be a promise that is not kept.
    if isCopied { try keep(record, path: path) }
    return try write { database in
      try Self.insert(record, path: remembersPath ? path : nil, isStored: isCopied, tags: tags, in: database)
    }
  }

  /// Adds many records without files in one transaction, as fast as the database allows.
  ///
  /// - Throws: ``RegistryError``.
  public func add(_ records: [Record]) throws {
    try write { database in for record in records { _ = try Self.insert(record, path: nil, isStored: false, tags: [], in: database) } }
  }

  private func keep(_ record: Record, path: String) throws {
    let target = object(record.hash)
    guard !ScratchFolder.holds(target) else { return }
    do {
      let bytes = try FileBytes.read(path)
      // Between reading and copying the file may have changed.
      guard FileDigest.sha256(bytes) == record.hash else {
        throw RegistryError.damaged(path: path, reason: "its contents changed while it was added; add it again")
      }
      try Folder.create("\(folder)/objects/\(record.hash.prefix(2))")
      try AtomicFile.write(bytes, to: target)
    } catch let error as FileError { throw RegistryError.file(error) }
  }

  private static func insert(_ record: Record, path: String?, isStored: Bool, tags: [String], in database: Database) throws -> Outcome {
    if let id = try Int64.fetchOne(database, sql: "SELECT id FROM record WHERE hash = ?", arguments: [record.hash]) {
      if let path { try database.execute(sql: "UPDATE record SET path = ? WHERE id = ?", arguments: [path, id]) }
      if isStored { try database.execute(sql: "UPDATE record SET stored = 1 WHERE id = ?", arguments: [id]) }
      try Self.tag(id, tags, in: database)
      return .wasThere
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let contents = String(decoding: try encoder.encode(record), as: UTF8.self)
    try database.execute(
      sql: """
        INSERT INTO record (hash, kind, name, summary, size, date, added, path, stored, model, dataset, contents)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        record.hash, record.kind.rawValue, record.name, record.summary, record.size, record.date, Machine.date(), path, isStored,
        record.model,
        record.dataset, contents,
      ])
    let id = database.lastInsertedRowID
    let measure = try database.cachedStatement(sql: "INSERT INTO measure (record, key, point, value) VALUES (?, ?, ?, ?)")
    for (index, point) in record.points.enumerated() {
      for (key, value) in point.values where value.isFinite { try measure.execute(arguments: [id, key, index, value]) }
    }
    // Rate and PSNR together, since they are what is asked for together.
    let rate = try database.cachedStatement(sql: "INSERT INTO rate (bpp, psnr, record, point) VALUES (?, ?, ?, ?)")
    for (index, point) in record.points.enumerated() {
      guard let bpp = point.values["bpp"], let psnr = point.values["psnr"], bpp.isFinite, psnr.isFinite else { continue }
      try rate.execute(arguments: [bpp, psnr, id, index])
    }
    let reference = try database.cachedStatement(sql: "INSERT INTO reference (record, relation, target, point) VALUES (?, ?, ?, ?)")
    for link in Set(record.references) { try reference.execute(arguments: [id, link.relation.rawValue, link.target, link.point]) }
    try database.execute(
      sql: "INSERT INTO search (rowid, name, summary, model, dataset, words) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [id, record.name, record.summary, record.model ?? "", record.dataset ?? "", record.words])
    try Self.tag(id, tags, in: database)
    return .added
  }

  private static func tag(_ id: Int64, _ tags: [String], in database: Database) throws {
    for tag in tags { try database.execute(sql: "INSERT OR IGNORE INTO tag (record, tag) VALUES (?, ?)", arguments: [id, tag]) }
  }

  /// Adds and takes away tags.
  ///
  /// - Throws: ``RegistryError``.
  public func tag(_ record: StoredRecord, adding: [String], removing: [String] = []) throws {
    try write { database in
      try Self.tag(record.id, adding, in: database)
      for tag in removing { try database.execute(sql: "DELETE FROM tag WHERE record = ? AND tag = ?", arguments: [record.id, tag]) }
    }
  }

  /// Forgets a record and removes the registry's copy; the file that was added stays where it is.
  ///
  /// - Throws: ``RegistryError``.
  public func remove(_ record: StoredRecord) throws {
    try write { database in
      try database.execute(sql: "DELETE FROM search WHERE rowid = ?", arguments: [record.id])
      try database.execute(sql: "DELETE FROM record WHERE id = ?", arguments: [record.id])
    }
    let copy = object(record.record.hash)
    if record.isStored, ScratchFolder.holds(copy) {
      do { try FileRemoval.remove(copy) } catch { throw RegistryError.file(error) }
    }
  }
}
