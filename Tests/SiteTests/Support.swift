import SafeFiles
import Site

/// Contents of sites for tests.
enum Sample {
  /// Texts of strangers who try to be more than text.
  static let hostile = [
    "<script>document.title='hacked'</script>", "\"><img src=x onerror=\"document.title='hacked'\">",
    "</title></script><svg onload=alert(1)>",
    "' autofocus onfocus='alert(1)", "../../../etc/passwd", "a\u{0}b\u{1b}[31m", "--><!-- ]]>", "javascript:alert(1)", "\u{202e}gnp.exe",
    "",
  ]

  static let card = """
    # A model

    It codes *pictures* with `GDN`, see [the paper](https://example.org/a?b=1&c=2).

    <script>document.title='hacked'</script> [run](javascript:alert(1)) ![pixel](https://example.org/x.png)

    | data | bpp |
    |---|--:|
    | kodak <b>x</b> | 0.2 |
    """

  static func hash(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 64 - digits.count) + digits
  }

  /// Results with some points above or below a curve that all share.
  static func results(_ name: String, number: Int, dataset: String = "Kodak", gain: Double = 0, points: Int = 4) -> SiteRecord {
    var record = SiteRecord(hash: hash(1000 + number), kind: .results, name: name)
    (record.summary, record.model, record.dataset) = ("A test of \(name).", "models.FactorizedPrior", dataset)
    record.date = "2026-11-\(10 + number % 20)T10:00:00Z"
    record.details = ["cpu_model": "a processor", "device": "cpu", "images": "24", "git_commit": "abc"]
    record.points = (0..<points).map { point in
      let rate = 0.1 * Double(1 << point)
      let quality = 27 + 3 * Double(point) + gain
      return .init(
        label: "q\(point + 1)",
        values: [
          "bpp": rate, "bpp_file": rate * 1.01, "psnr": quality, "ms_ssim": 0.9 + 0.02 * Double(point), "ms_ssim_db": 10 + Double(point),
          "lpips_vgg": 0.4 - 0.05 * Double(point), "lambda": 0.01 * Double(point + 1),
        ])
    }
    record.references = [.init(relation: "weights", target: hash(7)), .init(relation: "manifest", target: hash(8))]
    return record
  }

  static func weights(_ name: String) -> SiteRecord {
    var record = SiteRecord(hash: hash(20), kind: .weights, name: name)
    (record.model, record.summary) = ("models.FactorizedPrior", "weights")
    record.references = [.init(relation: "identity", target: hash(7))]
    record.points = [.init(label: "training", values: ["lambda": 0.01])]
    record.details = ["file_name": "w.safetensors", "step": "100"]
    return record
  }

  static func card(_ name: String, about target: String = hash(20), text: String = card) -> SiteRecord {
    var record = SiteRecord(hash: hash(30), kind: .card, name: name)
    (record.summary, record.text) = ("A small model.", text)
    record.frontMatter = [("name", name), ("licence", "CC0-1.0")]
    record.details = ["measured_by": "A. Measurer"]
    record.references = [.init(relation: "describes", target: target)]
    return record
  }

  static let anchor = SiteAnchor(
    name: "BPG", dataset: "kodak",
    points: (0..<6).map {
      .init(label: "\($0)", values: ["bpp": 0.05 * Double(1 << $0), "bpp_file": 0.05 * Double(1 << $0), "psnr": 25 + 3 * Double($0)])
    })

  /// A site with a bit of everything.
  static func contents(_ name: String = "factorized", date: String? = "2026-11-29") -> SiteContents {
    var contents = SiteContents(program: "Benchpresso 0", date: date)
    contents.taxonomySource = "After somebody."
    var leaf = SiteNode(path: ["Context Models", name], section: "5.3.1", summary: name)
    (leaf.listed, leaf.described, leaf.components) = (["a2020b"], ["a2020b", "c2021d"], ["models.FactorizedPrior"])
    leaf.relations = [SiteRelation(from: "a2020b", words: "extends", of: "c2021d", what: name, section: "5.3", note: name)]
    (leaf.notes, leaf.otherNames, leaf.publicationCount, leaf.table) = ([name], [name], 1, "5.3")
    var category = SiteNode(path: ["Context Models"], section: "5.3", summary: "Models of context.")
    (category.children, category.publicationCount) = (
      [leaf, SiteNode(path: ["Context Models", "Other"], section: "5.3.2", summary: "x")], 1
    )
    contents.taxonomy = [category]
    contents.publications = [("a2020b", 2020), ("c2021d", 2021)].map { key, year in
      var publication = SitePublication(
        key: key, title: "On \(name)", authors: ["Family, \(name)"], citedAuthors: "Family", year: year,
        bibtex: "@misc{\(key),\n  title = {\(name)}\n}\n")
      (publication.categories, publication.places) = (["Context Models"], [leaf.path.joined(separator: "/")])
      (publication.venue, publication.notes, publication.relations) = (name, [name], leaf.relations)
      return publication
    }
    contents.trends.years = [2020, 2021]
    contents.trends.rows = [("Context Models", [1, 1])]
    contents.trends.publications = [1, 1]
    contents.trends.claims = [name]
    var component = SiteComponent(classPath: "models.FactorizedPrior", kind: "model", summary: name)
    component.settings = [.init(key: "channels", type: "an integer", defaultValue: name, documentation: name)]
    (component.leaves, component.paperKey, component.paper) = ([leaf.path.joined(separator: "/")], "a2020b", name)
    (component.example, component.cost, component.aliases) = (name, "12 parameters", [name])
    component.equation = name
    contents.components = [component]
    contents.anchors = [anchor]
    var configuration = SiteRecord(hash: hash(40), kind: .configuration, name: name)
    (configuration.model, configuration.text) = ("models.FactorizedPrior", name)
    var timing = SiteRecord(hash: hash(50), kind: .timing, name: name)
    (timing.points, timing.references) = (
      [.init(label: name, values: ["encoding_time": 0.1])], [.init(relation: "weights", target: hash(7))]
    )
    contents.records = [results(name, number: 1, gain: 1), weights(name), card(name), configuration, timing]
    contents.records[0].tags = [name]
    return contents
  }

  /// A site with many results.
  static func large(_ count: Int) -> SiteContents {
    var contents = contents()
    contents.records = (0..<count).map {
      results("curve \($0)", number: $0, dataset: $0 % 2 == 0 ? "Kodak" : "CLIC", gain: Double($0 % 7) * 0.1)
    }
    return contents
  }

  /// Writes a site into a folder.
  static func write(_ site: Site, to folder: String, script more: String = "") throws {
    for path in site.paths {
      guard let file = site.file(path) else { continue }
      if let slash = path.lastIndex(of: "/") { try Folder.create("\(folder)/\(path[..<slash])") }
      try AtomicFile.write(file.text + (path == "site.js" ? more : ""), to: "\(folder)/\(path)")
    }
  }
}

/// The tags of a page.
struct Tags {
  struct Tag {
    let name: String
    let attributes: [String: String]
  }

  let all: [Tag]

  init(_ page: String) {
    all = page.matches(of: /<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*>/).map { match in
      let attributes = match.output.2.matches(of: /([^\s=>]+)(?:="([^"]*)")?/).map {
        (String($0.output.1), Tags.plain(String($0.output.2 ?? "")))
      }
      return Tag(name: String(match.output.1), attributes: Dictionary(attributes) { first, _ in first })
    }
  }

  private static func plain(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
      .replacing("&amp;", with: "&")
  }
}
