/// Where a record's numbers come from, as far as the registry knows.
public struct Provenance: Sendable {
  /// The record.
  public let record: StoredRecord
  /// For each point, or for the whole (nil), the weights behind it: their hash, and their record where it is there.
  public let weights: [(point: String?, hash: String, record: StoredRecord?)]
  /// The hash of the manifest of the pictures.
  public let manifest: String?
  /// Cards that describe the record or weights behind it.
  public let cards: [StoredRecord]
  /// Results and timings that were measured with these weights, for a record of weights.
  public let measurements: [StoredRecord]

  /// Follows the references of `record`.
  ///
  /// - Throws: ``RegistryError``.
  public init(_ record: StoredRecord, in store: RegistryStore) throws {
    self.record = record
    let references = record.record.references
    weights = try references.filter { $0.relation == .weights }.map { reference in
      let about = try store.records(about: reference.target)
      return (reference.point, reference.target, about.first { $0.relation == .identity }?.record)
    }
    manifest = references.first { $0.relation == .manifest }?.target
    var described = [record.record.hash] + weights.compactMap { $0.record?.record.hash }
    described += references.filter { $0.relation == .identity }.map(\.target)
    var cards: [StoredRecord] = []
    for hash in described {
      for (relation, card) in try store.records(about: hash) where relation == .describes && !cards.contains(where: { $0.id == card.id }) {
        cards.append(card)
      }
    }
    self.cards = cards
    measurements = try references.filter { $0.relation == .identity }
      .flatMap { try store.records(about: $0.target).filter { $0.relation == .weights }.map(\.record) }
  }
}
