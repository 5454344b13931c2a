import ModelRegistry
import Reporting

/// A record with where its numbers come from, as text and as JSON.
struct ProvenanceReport: Encodable {
  struct Weights: Encodable {
    let point: String?
    let hash: String
    let record: String?
    let name: String?
    let file: String?
  }

  struct Other: Encodable {
    let hash: String
    let kind: String
    let name: String

    init(_ stored: StoredRecord) { (hash, kind, name) = (stored.record.hash, stored.record.kind.rawValue, stored.record.name) }
  }

  let record: RecordReport
  let contents: String?
  let weights: [Weights]
  let manifest: String?
  let cards: [Other]
  let measurements: [Other]

  init(_ provenance: Provenance, _ store: RegistryStore) {
    record = RecordReport(provenance.record)
    contents = store.contents(of: provenance.record)
    weights = provenance.weights.map { weights in
      Weights(
        point: weights.point, hash: weights.hash, record: weights.record?.record.hash, name: weights.record?.record.name,
        file: weights.record.flatMap { store.contents(of: $0) })
    }
    manifest = provenance.manifest
    cards = provenance.cards.map { Other($0) }
    measurements = provenance.measurements.map { Other($0) }
  }

  var text: String {
    var lines = ["\(record.name)  (\(record.kind))"]
    if !record.summary.isEmpty { lines.append(record.summary) }
    lines.append("")
    var facts = [("hash", record.hash), ("size", "\(record.size) bytes"), ("made", record.date), ("added", record.added)]
    facts += [("model", record.model), ("data", record.dataset), ("manifest", manifest)].compactMap { key, value in value.map { (key, $0) }
    }
    if !record.tags.isEmpty { facts.append(("tags", record.tags.joined(separator: " "))) }
    facts.append(("file", contents ?? record.path.map { "\($0) (gone, or other contents now)" } ?? "not in the registry"))
    facts += record.details.sorted { $0.key < $1.key }
    let width = facts.map(\.0.count).max() ?? 0
    lines += facts.filter { !$0.1.isEmpty }.map { "\($0.0.padded(to: width))  \($0.1)" }
    if let table = pointTable { lines += ["", table] }
    for weights in weights {
      let what = weights.point.map { "weights of point '\($0)'" } ?? "weights"
      let place = weights.record.map { "\($0.prefix(12)) \(weights.name ?? "")\(weights.file.map { ", \($0)" } ?? "")" }
      lines.append("\(what): \(weights.hash.prefix(12)), \(place.map { "record \($0)" } ?? "not in the registry")")
    }
    for (title, others) in [("described by", cards), ("measured in", measurements)] {
      lines += others.map { "\(title): \($0.hash.prefix(12)) \($0.name) (\($0.kind))" }
    }
    return lines.joined(separator: "\n")
  }

  private var pointTable: String? {
    guard !record.points.isEmpty else { return nil }
    let first = ["lambda", "bpp", "bpp_file", "psnr", "ms_ssim", "ms_ssim_db"]
    let keys = Set(record.points.flatMap(\.values.keys))
    let ordered = first.filter { keys.contains($0) } + keys.subtracting(first).sorted()
    var table = TextTable([.init("point", .left)] + ordered.map { .init($0) })
    for point in record.points {
      table.append([point.label] + ordered.map { key in point.values[key].map { NumberText.significant($0) } ?? "–" })
    }
    return table.text(.plain)
  }
}
