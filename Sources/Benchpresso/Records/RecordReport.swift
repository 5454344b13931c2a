import ModelRegistry
import Reporting

/// A record as JSON and as a row of a table.
struct RecordReport: Encodable {
  let hash: String
  let kind: String
  let name: String
  let summary: String
  let size: Int
  let date: String
  let added: String
  let model: String?
  let dataset: String?
  let tags: [String]
  let path: String?
  let isStored: Bool
  let details: [String: String]
  let points: [RecordPoint]
  let references: [RecordReference]

  enum CodingKeys: String, CodingKey {
    case hash, kind, name, summary, size, date, added, model, dataset, tags, path, details, points, references
    case isStored = "stored"
  }

  init(_ stored: StoredRecord) {
    let record = stored.record
    (hash, kind, name, summary) = (record.hash, record.kind.rawValue, record.name, record.summary)
    (size, date, added, model, dataset) = (record.size, record.date, stored.added, record.model, record.dataset)
    (tags, path, isStored, details) = (stored.tags, stored.path, stored.isStored, record.details)
    (points, references) = (record.points, record.references)
  }

  /// One line for each record.
  static func table(_ records: [StoredRecord]) -> String {
    var table = TextTable([
      .init("hash", .left), .init("kind", .left), .init("name", .left), .init("model", .left), .init("data", .left), .init("points"),
      .init("bpp"), .init("PSNR [dB]"), .init("date", .left), .init("tags", .left),
    ])
    for stored in records {
      let record = stored.record
      table.append([
        String(record.hash.prefix(12)), record.kind.rawValue, record.name, record.model ?? "", record.dataset ?? "",
        record.kind == .results || record.kind == .timing ? "\(record.points.count)" : "", range(record, "bpp", decimals: 3),
        range(record, "psnr", decimals: 2), String(record.date.prefix(10)), stored.tags.joined(separator: " "),
      ])
    }
    return table.text(.plain)
  }

  private static func range(_ record: Record, _ key: String, decimals: Int) -> String {
    let values = record.points.compactMap { $0.values[key] }
    guard record.kind == .results, let least = values.min(), let most = values.max() else { return "" }
    let (low, high) = (NumberText.fixed(least, decimals: decimals), NumberText.fixed(most, decimals: decimals))
    return low == high ? low : "\(low)–\(high)"
  }
}
