import GRDB

/// Conditions on numbers in SQL, in the order that is fast for what the registry holds.
struct ConditionClause {
  /// A condition on the record `r`.
  let sql: String
  /// Its values.
  let arguments: [(any DatabaseValueConvertible)?]

  /// How many entries are few enough to be looked up before the records.
  private static let few = 5000

  /// Returns nil without conditions.
  init?(_ conditions: [RegistryQuery.Condition], in database: Database) throws {
    guard !conditions.isEmpty else { return nil }
    if conditions.count > 1, conditions.allSatisfy({ ["bpp", "psnr"].contains($0.key) }) {
      self = try Self.ofRates(conditions, in: database)
    } else {
      self = try Self.ofMeasures(conditions, in: database)
    }
  }

  private init(sql: String, arguments: [(any DatabaseValueConvertible)?]) { (self.sql, self.arguments) = (sql, arguments) }

  /// Rate and PSNR stand beside each other in a table of their own.
  private static func ofRates(_ conditions: [RegistryQuery.Condition], in database: Database) throws -> ConditionClause {
    let bounds = conditions.map(\.bound) as [(any DatabaseValueConvertible)?]
    let terms = conditions.map { "\($0.key) \($0.comparison.rawValue) ?" }.joined(separator: " AND ")
    let count = try Int.fetchOne(
      database, sql: "SELECT count(*) FROM (SELECT 1 FROM rate WHERE \(terms) LIMIT \(few))", arguments: StatementArguments(bounds))
    guard count ?? 0 < few else {
      let unindexed = conditions.map { "+\($0.key) \($0.comparison.rawValue) ?" }.joined(separator: " AND ")
      return ConditionClause(sql: "EXISTS (SELECT 1 FROM rate WHERE rate.record = r.id AND \(unindexed))", arguments: bounds)
    }
    return ConditionClause(sql: "r.id IN (SELECT record FROM rate WHERE \(terms))", arguments: bounds)
  }

  /// The condition that fewest numbers meet goes first, where those are few; otherwise the records are walked through, the last added first.
  private static func ofMeasures(_ conditions: [RegistryQuery.Condition], in database: Database) throws -> ConditionClause {
    let counts = try conditions.map { condition in
      try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM (SELECT 1 FROM measure WHERE key = ? AND value \(condition.comparison.rawValue) ? LIMIT \(few))",
        arguments: [condition.key, condition.bound]) ?? 0
    }
    let least = conditions.indices.min { counts[$0] < counts[$1] } ?? 0
    let isLookedUp = counts[least] < few
    var sql = ""
    var arguments: [(any DatabaseValueConvertible)?] = []
    for (number, index) in ([least] + conditions.indices.filter { $0 != least }).enumerated() {
      let (condition, table) = (conditions[index], "m\(number)")
      // The sign before the column keeps SQLite from walking through the index of values where the record is known.
      let sign = number == 0 && isLookedUp ? "" : "+"
      let own = "\(table).key = ? AND \(sign)\(table).value \(condition.comparison.rawValue) ?"
      switch (number, isLookedUp) {
      case (0, true): sql = "SELECT m0.record FROM measure m0 INDEXED BY measure_value WHERE \(own)"
      case (0, false): sql = "SELECT 1 FROM measure m0 WHERE m0.record = r.id AND \(own)"
      default:
        sql += " AND EXISTS (SELECT 1 FROM measure \(table) WHERE \(table).record = m0.record AND \(table).point = m0.point AND \(own))"
      }
      arguments += [condition.key, condition.bound]
    }
    return ConditionClause(sql: isLookedUp ? "r.id IN (\(sql))" : "EXISTS (\(sql))", arguments: arguments)
  }
}
