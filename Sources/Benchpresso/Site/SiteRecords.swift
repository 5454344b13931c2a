import Configuration
import ModelRegistry
import SafeFiles
import Site

/// The records of a registry as a site shows them.
struct SiteRecords {
  let store: RegistryStore

  /// How large a card or a configuration may be whose text is shown.
  private static let longest = 1 << 20

  /// All records.
  func all() throws -> [SiteRecord] {
    var query = RegistryQuery()
    query.limit = .max
    return try store.search(query).map(record)
  }

  private func record(_ stored: StoredRecord) -> SiteRecord {
    let record = stored.record
    var result = SiteRecord(hash: record.hash, kind: kind(record.kind), name: record.name)
    (result.summary, result.date, result.model, result.dataset) = (record.summary, record.date, record.model, record.dataset)
    (result.tags, result.details) = (stored.tags, record.details)
    // Where pictures lay on the machine that measured is nobody else's matter.
    result.details["folder"] = nil
    result.points = record.points.map { .init(label: $0.label, values: $0.values) }
    result.references = record.references.map { .init(relation: $0.relation.rawValue, target: $0.target, point: $0.point) }
    guard record.kind == .card || record.kind == .configuration, record.size <= Self.longest, let path = store.contents(of: stored),
      let bytes = try? FileBytes.read(path)
    else { return result }
    if record.kind == .card {
      guard let card = try? CardFile(bytes, path: path) else { return result }
      result.text = card.text
      result.frontMatter = (try? Self.entries(card.settings)) ?? []
    } else {
      result.text = String(decoding: bytes, as: UTF8.self)
    }
    return result
  }

  /// The keys of a front matter that say something, each with its value on one line.
  private static func entries(_ settings: CardSettings) throws -> [(key: String, value: String)] {
    let fields = try SettingsEncoder.node(of: settings).fields ?? []
    return fields.flatMap { field -> [(key: String, value: String)] in
      guard let inner = field.value.fields else { return [(field.key, text(field.value))] }
      return inner.map { ("\(field.key): \($0.key)", text($0.value)) }
    }.filter { !$0.value.isEmpty && $0.key != "card" }
  }

  private static func text(_ node: Node) -> String {
    if node.isNull { return "" }
    if let elements = node.elements { return elements.map(text).joined(separator: ", ") }
    return node.string ?? node.onOneLine
  }

  private func kind(_ kind: RecordKind) -> SiteRecord.Kind {
    switch kind {
    case .results: .results
    case .timing: .timing
    case .weights: .weights
    case .card: .card
    case .configuration: .configuration
    }
  }
}
