import Downloads
import GRDB
import SafeFiles

/// What is wrong with a record's files.
public struct RegistryFinding: Sendable, Equatable {
  /// What is wrong.
  public enum Problem: String, Sendable, Codable {
    /// The registry's copy is gone.
    case copyMissing = "copy_missing"
    /// The registry's copy has other contents.
    case copyDamaged = "copy_damaged"
    /// The file that was added is gone, and there is no copy.
    case fileMissing = "file_missing"
    /// The file that was added has other contents now, and there is no copy.
    case fileChanged = "file_changed"
    /// A file lies among the copies that no record has.
    case copyWithoutRecord = "copy_without_record"
  }

  /// What is wrong.
  public let problem: Problem
  /// The hash of the record.
  public let hash: String
  /// The record's name; empty for a copy without a record.
  public let name: String
  /// The file.
  public let path: String

  /// One sentence with what to do.
  public var sentence: String {
    let record = "'\(name)' (\(hash.prefix(12)))"
    return switch problem {
    case .copyMissing: "the copy of \(record) is gone: \(path); add the file again"
    case .copyDamaged: "the copy of \(record) is damaged: \(path); remove the record and add the file again"
    case .fileMissing: "the file of \(record) is gone: \(path); add it from where it is now, or remove the record"
    case .fileChanged: "the file of \(record) has other contents now: \(path); add it again, which makes a second record"
    case .copyWithoutRecord: "no record has the copy \(path); it can be removed"
    }
  }
}

extension RegistryStore {
  /// Reads every file again and compares it with its hash; asks SQLite whether the database is whole.
  ///
  /// - Parameter observe: Told how many records are done and how many there are.
  /// - Throws: ``RegistryError`` for a database that is not whole.
  public func verify(observe: (Int, Int) -> Void = { _, _ in }) throws -> [RegistryFinding] {
    let (ids, problems) = try read { database in
      (
        try Int64.fetchAll(database, sql: "SELECT id FROM record ORDER BY id"),
        try String.fetchAll(database, sql: "PRAGMA quick_check")
      )
    }
    guard problems == ["ok"] else {
      throw RegistryError.database(path: "\(folder)/registry.sqlite", reason: problems.joined(separator: "; "))
    }
    var findings: [RegistryFinding] = []
    for (number, id) in ids.enumerated() {
      observe(number, ids.count)
      guard let record = try record(id: id) else { continue }
      findings += try findingsOf(record)
    }
    return try findings + strays()
  }

  private func record(id: Int64) throws -> StoredRecord? {
    try read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM record WHERE id = ?", arguments: [id]).map { try StoredRecord($0, in: database) }
    }
  }

  private func findingsOf(_ stored: StoredRecord) throws -> [RegistryFinding] {
    let record = stored.record
    func finding(_ problem: RegistryFinding.Problem, _ path: String) -> RegistryFinding {
      RegistryFinding(problem: problem, hash: record.hash, name: record.name, path: path)
    }
    if stored.isStored {
      let copy = object(record.hash)
      guard let hash = Self.hash(copy) else { return [finding(.copyMissing, copy)] }
      return hash == record.hash ? [] : [finding(.copyDamaged, copy)]
    }
    guard let path = stored.path else { return [] }
    guard let hash = Self.hash(path) else { return [finding(.fileMissing, path)] }
    return hash == record.hash ? [] : [finding(.fileChanged, path)]
  }

  private static func hash(_ path: String) -> String? { (try? FileDigest(of: path))??.sha256 }

  /// Copies that belong to no record, such as those of a process that was killed between copy and record.
  private func strays() throws -> [RegistryFinding] {
    var findings: [RegistryFinding] = []
    do {
      for part in try Folder.names(in: "\(folder)/objects") where Folder.exists("\(folder)/objects/\(part)") {
        for name in try Folder.names(in: "\(folder)/objects/\(part)") where try !knows(name) {
          findings.append(
            RegistryFinding(problem: .copyWithoutRecord, hash: name, name: "", path: "\(folder)/objects/\(part)/\(name)"))
        }
      }
    } catch let error as FileError { throw RegistryError.file(error) }
    return findings
  }

  private func knows(_ hash: String) throws -> Bool {
    try read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM record WHERE hash = ?)", arguments: [hash]) ?? false }
  }

  /// Where the contents of a record can be read now: the copy, or the file that was added if its contents are the same.
  public func contents(of stored: StoredRecord) -> String? {
    let copy = object(stored.record.hash)
    if ScratchFolder.holds(copy) { return copy }
    guard let path = stored.path, Self.hash(path) == stored.record.hash else { return nil }
    return path
  }
}
