import Foundation
import ModelRegistry
import SafeFiles
import Testing

/// `benchpresso site build` as users run it.
struct SiteBuildTests {
  private struct Written: Decodable {
    let folder: String
    let index: String
    let pages: Int
    let files: Int
    let bytes: Int
  }

  private func build(_ folder: TestFolder, _ words: String...) throws -> Command.Result {
    try SiteSample.run(["site", "build", "-o", "out", "--no-cost"] + words, in: folder)
  }

  @Test func theRegistryIsShown() throws {
    let folder = try SiteSample.folder()
    let result = try build(folder, "--registry", "registry", "--format", "json")
    #expect(result.status == 0, "\(result)")
    let written = try JSONDecoder().decode(Written.self, from: Data(result.output.utf8))
    let list = try SiteSample.text(folder, "out/site.json")
    #expect(written.index == "out/index.html" && written.pages > 120 && written.files > written.pages && written.bytes > 100_000)
    #expect(try SiteSample.text(folder, "out/components/nonlinearity.gdn.html").contains("<dt>Equation</dt>"))
    for path in ["index.html", "papers.bib", "components/nonlinearity.gdn.html", "taxonomy/context-models.html", "site.css", "site.js"] {
      #expect(folder.has("out/\(path)") && list.contains("\"\(path)\""), "\(path)")
    }
    let board = try SiteSample.text(folder, "out/leaderboard.html")
    #expect(board.contains(">curve a</a>") && board.contains("against BPG 4:4:4 (x265) on kodak") && !board.contains("somebody"))
    #expect(try SiteSample.text(folder, "out/models.html").contains("&lt;script&gt;document.title"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains(".partial") && !$0.contains(".old") })
  }

  @Test func withoutARegistryThereIsASiteThatSaysHowToFillOne() throws {
    let folder = try TestFolder()
    let result = try build(folder)
    #expect(
      result.status == 0 && result.output == "out/index.html\n" && result.messages.contains("'benchpresso registry add runs' fills it"),
      "\(result)")
    for page in ["index", "leaderboard", "models"] {
      #expect(try SiteSample.text(folder, "out/\(page).html").contains("benchpresso registry add runs weights"), "\(page)")
    }
    #expect(!folder.has("no-registry"), "looking at a registry makes none")
  }

  @Test func anEarlierSiteIsReplacedAndNothingElse() throws {
    let folder = try SiteSample.folder()
    #expect(try build(folder, "--registry", "registry").status == 0)
    let models = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out/models")
    #expect(models.count == 3)
    let again = try build(folder)
    #expect(again.status == 0 && !folder.has("out/models"), "\(again)")
    try folder.add("out/notes/mine.txt", "mine")
    let refused = try build(folder)
    #expect(refused.status == 2 && refused.messages.contains("'out' holds 'notes/mine.txt', which is no part of a site"), "\(refused)")
    #expect(folder.has("out/index.html") && folder.has("out/notes/mine.txt"))
  }

  @Test func whatIsNoSiteIsRefused() throws {
    let folder = try TestFolder()
    try folder.add("out/index.html", "<p>mine</p>")
    let foreign = try build(folder)
    #expect(foreign.status == 2 && foreign.messages.contains("'out' holds 'index.html'"), "\(foreign)")
    #expect(try SiteSample.text(folder, "out/index.html") == "<p>mine</p>")
    try folder.add("file", "")
    let file = try SiteSample.run(["site", "build", "-o", "file", "--no-cost"], in: folder)
    #expect(file.status == 2 && file.messages.contains("'file' is a file; name a folder"), "\(file)")
  }

  @Test func anUnknownAnchorIsAMistakeOfTheCommandLine() throws {
    let folder = try TestFolder()
    let result = try build(folder, "--anchor", "published:kodak/nothing")
    #expect(
      result.status == 2 && result.messages.contains("--anchor: there is no 'published:kodak/nothing'") && !folder.has("out"), "\(result)")
    let two = try build(folder, "--anchor", "published:kodak/bpg_444", "--anchor", "published:thesis/fp_gdn")
    #expect(two.status == 2 && two.messages.contains("a data set has one anchor"), "\(two)")
  }

  @Test func aThousandResults() throws {
    let folder = try TestFolder()
    let store = try RegistryStore(folder: "\(folder.path)/registry")
    try store.add(
      (0..<1200).map { number in
        Record(
          hash: String(repeating: "0", count: 60) + String(4096 + number), kind: .results, name: "curve \(number)", size: 1,
          date: "2026-11-01",
          model: "models.FactorizedPrior", dataset: "Kodak",
          points: (0..<6).map {
            .init(label: "\($0)", values: ["bpp": 0.1 * Double($0 + 1), "psnr": 26 + 2 * Double($0) + Double(number) * 0.001])
          })
      })
    let result = try build(folder, "--registry", "registry", "--format", "json")
    let written = try JSONDecoder().decode(Written.self, from: Data(result.output.utf8))
    #expect(result.status == 0 && written.pages > 1300, "\(result)")
    let board = try SiteSample.text(folder, "out/leaderboard.html")
    #expect(board.contains("1,200 results of the registry") && board.split(separator: "<tr>").count == 102 && board.utf8.count < 2_000_000)
  }

  /// With libtorch the pages of models have their costs.
  @Test func costsAreThere() throws {
    let folder = try TestFolder()
    var command = Command(["site", "build", "-o", "out"], in: folder)
    command.environment = ["BENCHPRESSO_REGISTRY": "\(folder.path)/no-registry"]
    let result = try command.run()
    #expect(result.status == 0, "\(result)")
    let page = try SiteSample.text(folder, "out/components/models.factorizedprior.html")
    #expect(page.contains("parameters, ") && page.contains("multiply–accumulates for each pixel"))
  }
}
