import GRDB

extension RegistryStore {
  /// Returns what meets the query, the last added first.
  ///
  /// - Throws: ``RegistryError``.
  public func search(_ query: RegistryQuery) throws -> [StoredRecord] {
    try read { database in
      var clauses: [String] = []
      var arguments: [(any DatabaseValueConvertible)?] = []
      let words = query.words.flatMap { Self.terms($0) }
      if !words.isEmpty {
        clauses.append("r.id IN (SELECT rowid FROM search WHERE search MATCH ?)")
        arguments.append(words.map { "\"\($0)\"*" }.joined(separator: " "))
      }
      if !query.kinds.isEmpty {
        clauses.append("r.kind IN (\(query.kinds.map { _ in "?" }.joined(separator: ", ")))")
        arguments += query.kinds.map(\.rawValue)
      }
      if let model = query.model {
        clauses.append("(r.model = ? OR r.model LIKE ? ESCAPE '\\')")
        arguments += [model, "%.\(Self.escaped(model))"]
      }
      if let dataset = query.dataset {
        clauses.append("r.dataset = ? COLLATE NOCASE")
        arguments.append(dataset)
      }
      for tag in query.tags {
        clauses.append("EXISTS (SELECT 1 FROM tag WHERE tag.record = r.id AND tag.tag = ?)")
        arguments.append(tag)
      }
      if let clause = try ConditionClause(query.conditions, in: database) {
        clauses.append(clause.sql)
        arguments += clause.arguments
      }
      let condition = clauses.isEmpty ? "" : "WHERE \(clauses.joined(separator: " AND "))"
      let rows = try Row.fetchAll(
        database, sql: "SELECT r.* FROM record r \(condition) ORDER BY r.id DESC LIMIT ?",
        arguments: StatementArguments(arguments + [query.limit]))
      return try rows.map { try StoredRecord($0, in: database) }
    }
  }

  /// Returns the record whose hash begins with `text`, or that alone has the name.
  ///
  /// - Throws: ``RegistryError/notFound(_:)``, ``RegistryError/ambiguous(_:candidates:)``.
  public func record(_ text: String) throws -> StoredRecord {
    try read { database in
      var rows: [Row] = []
      if text.utf8.count >= 4, text.allSatisfy(\.isHexDigit) {
        rows = try Row.fetchAll(
          database, sql: "SELECT * FROM record WHERE hash >= ? AND hash < ? LIMIT 20",
          arguments: [text.lowercased(), text.lowercased() + "g"])
      }
      if rows.isEmpty { rows = try Row.fetchAll(database, sql: "SELECT * FROM record WHERE name = ? LIMIT 20", arguments: [text]) }
      guard let row = rows.first else { throw RegistryError.notFound(text) }
      guard rows.count == 1 else {
        let candidates = rows.map { row -> String in "\((row["hash"] as String).prefix(12)) (\(row["kind"] as String))" }
        throw RegistryError.ambiguous(text, candidates: candidates)
      }
      return try StoredRecord(row, in: database)
    }
  }

  /// Returns the records that are `target`, or that say something of it.
  ///
  /// - Throws: ``RegistryError``.
  public func records(about target: String) throws -> [(relation: RecordReference.Relation, record: StoredRecord)] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT DISTINCT reference.relation AS relation, r.* FROM reference JOIN record r ON r.id = reference.record
          WHERE reference.target = ? ORDER BY r.id
          """, arguments: [target])
      return try rows.compactMap { row in
        guard let relation = RecordReference.Relation(rawValue: row["relation"]) else { return nil }
        return (relation, try StoredRecord(row, in: database))
      }
    }
  }

  /// How many records of each kind there are.
  ///
  /// - Throws: ``RegistryError``.
  public func counts() throws -> [RecordKind: Int] {
    try read { database in
      let rows = try Row.fetchAll(database, sql: "SELECT kind, count(*) AS count FROM record GROUP BY kind")
      return rows.reduce(into: [:]) { counts, row in
        if let kind = RecordKind(rawValue: row["kind"]) { counts[kind] = row["count"] }
      }
    }
  }

  /// The parts of a word that the index knows as words.
  private static func terms(_ word: String) -> [String] {
    word.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
  }
}
