import Reporting

/// A model: curves, results, cards, weights, configurations and where it all comes from.
struct ModelPage {
  let site: Site
  let group: ModelGroup
  private let frame: PageFrame

  init(_ site: Site, _ group: ModelGroup) {
    (self.site, self.group) = (site, group)
    frame = PageFrame(site: site, path: site.addresses.models[group.id] ?? "", title: group.name)
  }

  var file: SiteFile {
    var facts: [(String, HTML)] = []
    if let model = group.model { facts.append(("Class", frame.component(model))) }
    if !group.datasets.isEmpty { facts.append(("Data", HTML(group.datasets.joined(separator: ", ")))) }
    let tags = Set(group.records.flatMap(\.tags)).sorted()
    if !tags.isEmpty { facts.append(("Tags", .joined(tags.map { .inline("span", ["class": "tag"], HTML($0)) + HTML(" ") }))) }
    var body = HTML.element("h1", [:], HTML(group.name)) + PageFrame.facts(facts)
    if group.results.isEmpty {
      body =
        body
        + PageFrame.paragraph(
          "Nothing has been measured with it yet: 'benchpresso test' does, and 'benchpresso registry add' takes the results in.")
    }
    body = body + curves
    if !group.results.isEmpty { body = body + PageFrame.section("Results", id: "results", .joined(group.results.map(result))) }
    for card in group.cards { body = body + CardSection(card, frame).html }
    if !group.weights.isEmpty { body = body + PageFrame.section("Weights", id: "weights", .joined(group.weights.map(weights))) }
    if !group.timings.isEmpty { body = body + PageFrame.section("Times", id: "times", .joined(group.timings.map(timing))) }
    if !group.configurations.isEmpty {
      body = body + PageFrame.section("Configurations", id: "configurations", .joined(group.configurations.map(configuration)))
    }
    return frame.file(body)
  }

  /// How many curves a plot can have and still be read.
  private static let most = 12

  private var curves: HTML {
    let figures = group.datasets.flatMap { dataset -> [HTML] in
      var shown = Array(group.results.filter { $0.dataset == dataset }.prefix(Self.most))
      if shown.count > 1 {
        // Curves of one name are told apart by their day and the beginning of their hash.
        for index in shown.indices { shown[index].name = "\(shown[index].date.prefix(10)) \(shown[index].hash.prefix(6))" }
      }
      let anchor = site.contents.anchors.first { RateSaving.plain($0.dataset) == RateSaving.plain(dataset) }
      return Figure.measures(shown).compactMap { measure in
        Figure.curves(shown, anchor: anchor.map { $0.has(measure.key) ? $0 : nil } ?? nil, measure, title: dataset)
      }
    }
    guard !figures.isEmpty else { return .empty }
    return PageFrame.section("Curves", id: "curves", .element("div", ["class": "plots"], figures))
  }

  private func result(_ record: SiteRecord) -> HTML {
    var facts: [(String, HTML)] = []
    if let saving = RateSaving(record, anchors: site.contents.anchors) {
      let words = saving.rate.map { "\(NumberText.signed($0, decimals: 1).replacing("-", with: "−")) % against \(saving.anchor), in PSNR" }
      let dropped = saving.dropped > 0 ? "; \(saving.dropped) points left out that another one beats" : ""
      facts.append(("BD-rate", HTML((words ?? "none: \(saving.problem ?? "")") + dropped)))
    }
    facts += provenance(record)
    return .element(
      "article", ["id": SiteAddresses.anchor(record)],
      .element(
        "h3", [:],
        HTML([record.dataset, record.date.isEmpty ? nil : String(record.date.prefix(10))].compactMap { $0 }.joined(separator: ", "))),
      PageFrame.paragraph(record.summary), points(record, caption: "Rate points of \(record.name)"), PageFrame.facts(facts))
  }

  private func points(_ record: SiteRecord, caption: String) -> HTML {
    guard !record.points.isEmpty else { return .empty }
    let first = ["lambda", "bpp", "bpp_file", "psnr", "ms_ssim", "ms_ssim_db"]
    let keys = Set(record.points.flatMap(\.values.keys))
    let ordered = first.filter { keys.contains($0) } + keys.subtracting(first).sorted()
    return DataTable(
      caption: caption, columns: [.init(title: "point", isText: true)] + ordered.map { .init(title: $0) },
      rows: record.points.map { point in
        .init(
          cells: [.init(point.label)]
            + ordered.map { .init(significant: point.values[$0]) })
      }
    ).html
  }

  /// The weights, pictures and machine behind numbers.
  private func provenance(_ record: SiteRecord) -> [(String, HTML)] {
    var facts: [(String, HTML)] = [("File (SHA-256)", hash(record.hash))]
    let weights = record.references.filter { $0.relation == "weights" }
    if !weights.isEmpty {
      let lines = weights.map { reference in
        let known = group.weights.first { $0.targets("identity").contains(reference.target) }
        let place = known.map { HTML(", ") + frame.record($0) } ?? HTML(", not in the registry")
        return HTML.element("div", [:], HTML(reference.point.map { "\($0): " } ?? ""), hash(reference.target), place)
      }
      facts.append(("Weights (tensors)", .joined(lines)))
    }
    for target in record.targets("manifest") { facts.append(("Manifest of the pictures", hash(target))) }
    let names = [
      ("images", "Images"), ("cpu_model", "Processor"), ("device", "Device"), ("threads", "Threads"), ("operating_system", "System"),
      ("benchpresso_version", "Benchpresso"), ("git_commit", "Commit"), ("libtorch_version", "libtorch"), ("seed", "Seed"),
      ("chroma_format", "Chroma format"), ("measured_by", "Measured by"), ("licence", "Licence"), ("authors", "Authors"),
      ("step", "Training step"),
      ("file_name", "File name"),
    ]
    for (key, name) in names { if let value = record.details[key], !value.isEmpty { facts.append((name, HTML(value))) } }
    for (key, value) in record.details.sorted(by: { $0.key < $1.key }) where key.hasPrefix("version of ") {
      facts.append(("V" + key.dropFirst(), HTML(value)))
    }
    facts.append(("All of it", .inline("code", [:], HTML("benchpresso registry show \(record.hash.prefix(12))"))))
    return facts
  }

  private func hash(_ text: String) -> HTML { .inline("code", ["class": "hash"], HTML(text)) }

  private func weights(_ record: SiteRecord) -> HTML {
    let lambda = record.points.first?.values["lambda"].map { [("λ", HTML(NumberText.significant($0)))] } ?? []
    let identity = record.targets("identity").map { ("Tensors", hash($0)) }
    let measured = group.results.filter { !Set($0.targets("weights")).isDisjoint(with: record.targets("identity")) }
    let links =
      measured.isEmpty ? [] : [("Measured in", PageFrame.commas(measured.map { frame.record($0) + HTML(" (\($0.dataset ?? ""))") }))]
    return .element(
      "article", ["id": SiteAddresses.anchor(record)], .element("h3", [:], HTML(record.details["file_name"] ?? record.name)),
      PageFrame.paragraph(record.summary), PageFrame.facts(lambda + identity + links + provenance(record)))
  }

  private func timing(_ record: SiteRecord) -> HTML {
    .element(
      "article", ["id": SiteAddresses.anchor(record)], .element("h3", [:], HTML(record.name)), PageFrame.paragraph(record.summary),
      points(record, caption: "Points of \(record.name)"), PageFrame.facts(provenance(record)))
  }

  private func configuration(_ record: SiteRecord) -> HTML {
    let text = record.text.map { HTML.element("pre", ["tabindex": "0"], .inline("code", [:], HTML($0))) }
    return .element(
      "article", ["id": SiteAddresses.anchor(record)], .element("h3", [:], HTML(record.summary.isEmpty ? record.name : record.summary)),
      text.map { .element("details", [:], .element("summary", [:], HTML("The configuration")), $0) }
        ?? PageFrame.paragraph("The file is gone.", kind: "soft"), PageFrame.facts(provenance(record)))
  }
}

extension SiteAnchor {
  /// Whether a point has a measure.
  func has(_ key: String) -> Bool { points.contains { $0.values[key] != nil } }
}
