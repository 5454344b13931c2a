import ModelRegistry
import Reporting
import Results

/// A card made from what the registry knows of weights.
struct ModelCard {
  /// What the registry cannot know.
  struct Facts {
    let authors: [String]
    let licence: String
    let data: String
    var machine: String?
    var measuredBy: String?
    var about: String?
  }

  let file: CardFile

  init(_ provenance: Provenance, _ facts: Facts) throws {
    let record = provenance.record.record
    let results = provenance.measurements.filter { $0.record.kind == .results }
    let identity = record.references.first { $0.relation == .identity }?.target
    var settings = CardSettings()
    settings.card = CardFile.schema
    (settings.name, settings.summary, settings.model) = (record.name, record.summary, record.model ?? "")
    settings.weights = record.hash
    settings.identity = identity
    settings.measured = Self.measured(results, identity: identity)
    settings.results = results.map(\.record.hash)
    settings.lambda = record.points.first?.values["lambda"]
    (settings.training.data, settings.training.machine) = (facts.data, facts.machine)
    settings.training.steps = record.details["step"].flatMap { Int($0) }
    (settings.licence, settings.authors, settings.measuredBy) = (facts.licence, facts.authors, facts.measuredBy)
    settings.date = String(Machine.date().prefix(10))
    settings.tags = provenance.record.tags
    var text = "\n# \(record.name)\n\n\(facts.about ?? record.summary)\n\n## Results\n\n"
    text += Self.table(results, identity: identity) ?? "Nothing has been measured with these weights yet.\n"
    text += "\n## Use\n\n    benchpresso encode --weights \(record.details["file_name"] ?? "WEIGHTS") photo.png\n"
    file = CardFile(settings: settings, text: text)
  }

  /// The points that were measured with the weights.
  private static func points(_ record: Record, identity: String?) -> [RecordPoint] {
    let own = Set(record.references.filter { $0.relation == .weights && $0.target == identity }.compactMap(\.point))
    return record.points.filter { own.isEmpty || own.contains($0.label) }
  }

  private static func measured(_ results: [StoredRecord], identity: String?) -> [CardSettings.Measured] {
    results.flatMap { stored in
      points(stored.record, identity: identity).map { point in
        var measured = CardSettings.Measured()
        measured.data = stored.record.dataset ?? ""
        (measured.bpp, measured.psnr) = (point.values["bpp"], point.values["psnr"])
        measured.msSsim = point.values["ms_ssim"]
        return measured
      }
    }
  }

  /// What was measured with the weights, point by point.
  private static func table(_ results: [StoredRecord], identity: String?) -> String? {
    var table = TextTable([
      .init("data", .left), .init("point", .left), .init("bpp"), .init("PSNR [dB]"), .init("MS-SSIM"), .init("machine", .left),
    ])
    for stored in results {
      let record = stored.record
      for point in points(record, identity: identity) {
        table.append([
          record.dataset ?? "", point.label, NumberText.fixed(point.values["bpp"], decimals: 4),
          NumberText.fixed(point.values["psnr"], decimals: 2), NumberText.fixed(point.values["ms_ssim"], decimals: 4),
          record.details["cpu_model"] ?? "",
        ])
      }
    }
    return table.rows.isEmpty ? nil : table.text(.markdown)
  }
}
