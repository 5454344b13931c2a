/// What belongs to one model: curves of one name and class, the weights behind them, cards about either, times of these weights.
struct ModelGroup: Sendable {
  let name: String
  let model: String?
  private(set) var results: [SiteRecord] = []
  private(set) var weights: [SiteRecord] = []
  private(set) var cards: [SiteRecord] = []
  private(set) var timings: [SiteRecord] = []
  private(set) var configurations: [SiteRecord] = []

  /// What tells it from others.
  var id: String { Self.id(name, model) }
  /// All that it has.
  var records: [SiteRecord] { results + weights + cards + timings + configurations }
  /// The data sets of its results, each once.
  var datasets: [String] { Set(results.compactMap(\.dataset)).sorted() }

  private init(name: String, model: String?) { (self.name, self.model) = (name, model) }

  private static func id(_ name: String, _ model: String?) -> String { "\(name)\u{0}\(model ?? "")" }

  /// Sorts records into groups; the groups come in the order of their names, curves in that of their dates, the newest first.
  static func all(_ records: [SiteRecord]) -> [ModelGroup] {
    var table = Table()
    // Weights, cards and times go where what they are about is; what is about nothing here has a page of its own.
    for record in records where record.kind == .results {
      let hashes = [record.hash] + record.targets("weights")
      table.add(record, to: table.own(record), as: \.results, known: hashes)
    }
    for record in records where record.kind == .weights {
      let identities = record.targets("identity")
      let places = table.places(of: identities)
      table.add(record, to: places.isEmpty ? table.own(record) : places, as: \.weights, known: [record.hash] + identities)
    }
    for record in records where record.kind == .card {
      let places = table.places(of: record.targets("describes"))
      table.add(record, to: places.isEmpty ? table.own(record) : places, as: \.cards, known: [record.hash])
    }
    for record in records where record.kind == .timing {
      let places = table.places(of: record.targets("weights"))
      table.add(record, to: places.isEmpty ? table.own(record) : places, as: \.timings, known: [record.hash])
    }
    for record in records where record.kind == .configuration { table.add(record, to: table.own(record), as: \.configurations, known: []) }
    return table.groups.map(\.sorted).sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
  }

  private var sorted: ModelGroup {
    var group = self
    group.results.sort { ($0.date, $0.hash) > ($1.date, $1.hash) }
    group.weights.sort { ($0.points.first?.values["lambda"] ?? 0, $0.hash) < ($1.points.first?.values["lambda"] ?? 0, $1.hash) }
    return group
  }

  /// Groups while they are made.
  private struct Table {
    var groups: [ModelGroup] = []
    private var byName: [String: Int] = [:]
    private var byHash: [String: Set<Int>] = [:]

    /// The group of the record's own name, which is made where there is none.
    mutating func own(_ record: SiteRecord) -> [Int] {
      let id = ModelGroup.id(record.name, record.model)
      if let place = byName[id] { return [place] }
      groups.append(ModelGroup(name: record.name, model: record.model))
      byName[id] = groups.count - 1
      return [groups.count - 1]
    }

    /// The groups that hashes are known in.
    func places(of hashes: [String]) -> [Int] { hashes.reduce(into: Set<Int>()) { $0.formUnion(byHash[$1] ?? []) }.sorted() }

    mutating func add(_ record: SiteRecord, to places: [Int], as list: WritableKeyPath<ModelGroup, [SiteRecord]>, known hashes: [String]) {
      for place in places {
        groups[place][keyPath: list].append(record)
        for hash in hashes { byHash[hash, default: []].insert(place) }
      }
    }
  }
}
