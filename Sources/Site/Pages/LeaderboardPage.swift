import Reporting
import Results

/// All results of the registry, to filter and sort.
///
/// The script shows them page by page from the numbers in the page; the first of them stand in the page itself.
struct LeaderboardPage {
  let site: Site
  private let results: [SiteRecord]
  private let savings: [RateSaving?]
  /// Who measured results, by their hash, where a card says so.
  private let measurers: [String: String]

  /// How many rows are there without the script.
  private static let first = 100

  init(_ site: Site) {
    self.site = site
    let anchors = site.contents.anchors
    let rated = site.contents.records.filter { $0.kind == .results }.map { ($0, RateSaving($0, anchors: anchors)) }.sorted { left, right in
      // Data sets with an anchor come first; within each the fewest bits, and what has no BD-rate at the end.
      (left.1 == nil ? 1 : 0, left.0.dataset ?? "", left.1?.rate ?? .infinity, left.0.name, left.0.hash)
        < (right.1 == nil ? 1 : 0, right.0.dataset ?? "", right.1?.rate ?? .infinity, right.0.name, right.0.hash)
    }
    (results, savings) = (rated.map(\.0), rated.map(\.1))
    let cards = site.contents.records.filter { $0.kind == .card }
    measurers = Dictionary(
      cards.flatMap { card in card.targets("describes").compactMap { hash in card.details["measured_by"].map { (hash, $0) } } },
      uniquingKeysWith: { first, _ in first })
  }

  var file: SiteFile {
    let frame = PageFrame(site: site, path: "leaderboard.html", title: "Leaderboard")
    let head = HTML.element("h1", [:], HTML("Leaderboard"))
    guard !results.isEmpty else {
      return frame.file(head + PageFrame.paragraph("There are no results in the registry yet.") + StartPage.howToFill)
    }
    let note = results.count > Self.first ? "Without JavaScript only the first \(Self.first) of \(results.count) results are shown. " : ""
    return frame.file(
      head + PageFrame.paragraph(words)
        + .element("noscript", [:], PageFrame.paragraph(note + "Filters and sorting need JavaScript.", kind: "soft")) + controls
        + table(frame).html
        + .element("div", ["class": "controls screen", "id": "pager"]), data: ("results-data", ScriptJSON.text(json(frame))))
  }

  private var words: String {
    let datasets = Set(results.compactMap(\.dataset).map(RateSaving.plain))
    let anchors = site.contents.anchors.filter { datasets.contains(RateSaving.plain($0.dataset)) }
    let start = "\(NumberText.grouped(results.count)) \(results.count == 1 ? "result" : "results") of the registry. "
    guard !anchors.isEmpty else { return start + "No data set has an anchor, so that there is no BD-rate." }
    return start + "BD-rates are in PSNR, in percent of rate, negative where fewer bits are needed, against "
      + anchors.map { "\($0.name) on \($0.dataset)" }.joined(separator: ", ") + ". Rates of different data sets are not comparable."
  }

  private var controls: HTML {
    func select(_ label: String, _ key: String, _ values: [String]) -> HTML {
      let options = [HTML.element("option", ["value": ""], HTML("all"))] + values.map { .element("option", ["value": $0], HTML($0)) }
      return .element("label", [:], HTML(label + " "), .element("select", ["data-board": key], options))
    }
    return .element(
      "form", ["class": "controls screen", "id": "board-controls", "role": "search"],
      .element("label", [:], HTML("Find "), .void("input", ["type": "search", "data-board": "text", "autocomplete": "off"])),
      select("Data", "dataset", Set(results.compactMap(\.dataset)).sorted()),
      select("Model", "model", Set(results.compactMap(\.model)).sorted()),
      .element(
        "label", ["title": "As in 'registry search --where': one point has to meet all conditions"], HTML("Where "),
        .void(
          "input", ["type": "text", "data-board": "where", "placeholder": "psnr>=32 bpp<0.5", "autocomplete": "off", "spellcheck": "false"])
      ),
      .element(
        "label", [:], HTML("Rows "),
        .element(
          "select", ["data-board": "rows"], .element("option", ["value": "curves"], HTML("curves")),
          .element("option", ["value": "points"], HTML("points")))),
      .inline("output", ["class": "soft", "id": "board-count", "aria-live": "polite"], HTML("")))
  }

  private func table(_ frame: PageFrame) -> DataTable {
    let rows = zip(results, savings).prefix(Self.first).map { record, saving in
      DataTable.Row(cells: [
        .init(frame.record(record), sortedBy: record.name), .init(HTML(record.model?.split(separator: ".").last.map(String.init) ?? "–")),
        .init(record.dataset ?? "–"),
        .init(record.points.count), .init(range: Self.range(record, "bpp", 3)), .init(range: Self.range(record, "psnr", 2)),
        .init(range: Self.range(record, "ms_ssim", 4)), .init(range: Self.range(record, Self.lpips(record), 3)),
        .init(saving?.rate, decimals: 1, isSigned: true), .init(HTML(origin(record)), isLong: true), .init(String(record.date.prefix(10))),
      ])
    }
    return DataTable(caption: "Results", columns: Self.columns, rows: Array(rows), id: "board", isSortable: false)
  }

  /// The columns, in the order of the script's.
  private static let columns: [DataTable.Column] = [
    .init(title: "name", isText: true), .init(title: "class", isText: true), .init(title: "data", isText: true), .init(title: "points"),
    .init(title: "bpp", help: "Bits per pixel of the payload, mean of the images"),
    .init(title: "PSNR [dB]", help: "8-bit RGB, mean of the images"), .init(title: "MS-SSIM", help: "RGB, mean of the images"),
    .init(title: "LPIPS", help: "Lower is better"), .init(title: "BD-rate [%]", help: "In PSNR against the anchor of the data set"),
    .init(title: "measured by, on", isText: true), .init(title: "date", isText: true),
  ]

  private static func range(_ record: SiteRecord, _ key: String, _ decimals: Int) -> String {
    let values = record.points.compactMap { $0.values[key] }
    guard let least = values.min(), let most = values.max() else { return "–" }
    let (low, high) = (NumberText.fixed(least, decimals: decimals), NumberText.fixed(most, decimals: decimals))
    return low == high ? low : "\(low)–\(high)"
  }

  /// The key of LPIPS; that of VGG where there are several.
  private static func lpips(_ record: SiteRecord) -> String {
    let keys = Set(record.points.flatMap(\.values.keys)).filter { $0.hasPrefix("lpips") }
    return keys.contains("lpips_vgg") ? "lpips_vgg" : keys.min() ?? "lpips"
  }

  /// Who measured it, where a card says so, and on which machine.
  private func origin(_ record: SiteRecord) -> String {
    let who = measurers[record.hash]
    let place = [record.details["cpu_model"], record.details["device"].flatMap { $0 == "cpu" ? nil : $0 }].compactMap { $0 }
    return [who, place.isEmpty ? nil : place.joined(separator: ", ")].compactMap { $0 }.joined(separator: "; ")
  }

  /// What the script reads: the names of all numbers, and for each result its texts and its points in that order.
  private func json(_ frame: PageFrame) -> JSONValue {
    let keys = Set(results.flatMap(\.points).flatMap(\.values.keys)).sorted()
    let list = zip(results, savings).map { record, saving in
      JSONValue.object([
        "name": .string(record.name), "model": .text(record.model), "dataset": .text(record.dataset),
        "url": .text(site.addresses.records[record.hash].map { frame.link($0) }), "rate": .short(saving?.rate),
        "anchor": .text(saving?.anchor),
        "problem": .text(saving?.problem), "origin": .string(origin(record)), "date": .string(String(record.date.prefix(10))),
        "words": .string(([record.summary, record.hash] + record.tags).joined(separator: " ")), "lpips": .string(Self.lpips(record)),
        "points": .array(record.points.map { point in .array([.string(point.label)] + keys.map { .short(point.values[$0]) }) }),
      ])
    }
    return .object(["keys": .array(keys.map { .string($0) }), "results": .array(list)])
  }
}
