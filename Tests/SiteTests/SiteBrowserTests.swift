import ChildProcesses
import Foundation
import SafeFiles
import Testing

@testable import Site

/// The pages in a real browser, opened from disk.
struct SiteBrowserTests {
  static let browser = ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap { ProgramSearch.path(of: $0) }.first

  /// What a visitor does on each page, and what comes of it as attributes of the body; it goes behind the site's own script, as the policy forbids
  /// any other.
  private static let visit = """

    setTimeout(() => {
      const body = document.body.dataset;
      const type = (selector, text) => { const field = find(selector); field.value = text; field.dispatchEvent(new Event("input", { bubbles: true })); };
      body.title = document.title;
      body.unnamed = all("select, input, button").filter((control) => !(control.labels && control.labels.length) && !control.textContent.trim() && !control.getAttribute("aria-label")).length;
      body.requests = performance.getEntriesByType("resource").filter((entry) => !entry.name.startsWith("file:") && !entry.name.startsWith("data:")).length;
      body.wide = document.documentElement.scrollWidth > window.innerWidth ? 1 : 0;
      body.styled = getComputedStyle(find(".bar ul")).display;
      if (document.getElementById("board")) {
        body.rows = all("#board tbody tr").length;
        body.count = document.getElementById("board-count").textContent;
        find('#pager [aria-label="Last page"]').click();
        body.last = all("#board tbody tr").length;
        type('[data-board="text"]', "curve 1209");
        body.found = document.getElementById("board-count").textContent;
        type('[data-board="text"]', "");
        type('[data-board="where"]', "psnr >= 36.5, bpp<1");
        body.where = document.getElementById("board-count").textContent;
        type('[data-board="where"]', "nonsense");
        body.wrong = document.getElementById("board-count").textContent;
        type('[data-board="where"]', "");
        type('[data-board="dataset"]', "CLIC");
        type('[data-board="rows"]', "points");
        body.points = document.getElementById("board-count").textContent;
        const heads = all("#board thead th button");
        heads[5].click(); heads[5].click();
        body.best = find("#board tbody td:nth-child(6)").textContent;
      }
      if (document.getElementById("papers")) {
        type('[data-paper="from"]', "2021");
        body.papers = document.getElementById("paper-count").textContent;
      }
      if (document.getElementById("models")) {
        type("[data-filter]", "curve 11");
        body.models = find("[data-count]").textContent;
        all("#models th button")[0].click();
        body.sorted = find("#models tbody tr:not([hidden]) th")?.textContent.trim();
      }
      body.visited = "1";
    }, 200);
    """

  private func body(_ page: String, in folder: String, width: Int = 1280) throws -> String {
    let program = try #require(Self.browser)
    let result = try ChildProcess(
      program,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-component-update", "--disable-background-networking",
        "--user-data-dir=\(folder)/profile", "--window-size=\(width),900", "--enable-logging=stderr", "--virtual-time-budget=5000",
        "--dump-dom", "file://\(folder)/\(page)",
      ], timeLimit: .seconds(120)
    ).run()
    #expect(result.isSuccess, "\(result.messagesText.suffix(2000))")
    let console = result.messagesText.split(separator: "\n").filter { $0.contains(":CONSOLE") }
    #expect(console.isEmpty, "\(page): \(console)")
    return String(try #require(result.outputText.firstMatch(of: /<body[^>]*>/)).output)
  }

  private func written(_ contents: SiteContents) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try Sample.write(Site(contents), to: folder.path, script: Self.visit)
    return folder
  }

  @Test(.enabled(if: browser != nil, "there is no Chromium; scripts/setup-test-tools installs it"))
  func theLeaderboardFiltersSortsAndTurnsPages() throws {
    let folder = try written(Sample.large(1210))
    let body = try body("leaderboard.html", in: folder.path)
    for (name, value) in [
      ("visited", "1"), ("rows", "100"), ("last", "10"), ("count", "1210 results"), ("found", "1 result"),
      ("where", "\(Self.count { 36 + Double($0 % 7) * 0.1 >= 36.5 - 1e-9 }) results"), ("points", "2420 points"), ("best", "36.60"),
      ("unnamed", "0"),
      ("requests", "0"), ("styled", "flex"),
    ] {
      #expect(body.contains("data-\(name)=\"\(value)\""), "\(name) is not \(value): \(body)")
    }
    #expect(body.contains("data-wrong=\"“nonsense” is no condition"), "\(body)")
  }

  private static func count(_ holds: (Int) -> Bool) -> Int { (0..<1210).count(where: holds) }

  @Test(.enabled(if: browser != nil, "there is no Chromium; scripts/setup-test-tools installs it"))
  func listsAreFiltered() throws {
    let folder = try written(Sample.large(130))
    let models = try body("models.html", in: folder.path)
    // 11, 110 to 119.
    #expect(models.contains("data-models=\"11 of 130\"") && models.contains("data-sorted=\"curve 11\""), "\(models)")
    let papers = try body("papers.html", in: folder.path)
    #expect(papers.contains("data-papers=\"1 of 2 publications\""), "\(papers)")
  }

  @Test(.enabled(if: browser != nil, "there is no Chromium; scripts/setup-test-tools installs it"))
  func strangersTextsRunNothingAndPagesFitNarrowScreens() throws {
    var contents = Sample.contents(Sample.hostile[0])
    for (index, text) in Sample.hostile.enumerated() {
      contents.records.append(Sample.results(text, number: 100 + index))
      var card = Sample.card(text, about: Sample.hash(1100 + index), text: text)
      card.hash = Sample.hash(2000 + index)
      contents.records.append(card)
    }
    let folder = try written(contents)
    let site = Site(contents)
    for path in site.paths.filter({ $0.hasSuffix(".html") && $0 != "leaderboard.html" }).prefix(12) {
      let body = try body(path, in: folder.path, width: 500)
      #expect(
        body.contains("data-visited=\"1\"") && body.contains("data-requests=\"0\"") && body.contains("data-wide=\"0\""), "\(path): \(body)")
      #expect(!body.contains("data-title=\"hacked"), "\(path)")
    }
  }
}
