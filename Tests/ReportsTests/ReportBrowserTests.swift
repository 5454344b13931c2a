import ChildProcesses
import Foundation
import SafeFiles
import Testing

@testable import Reports

/// The page in a real browser.
struct ReportBrowserTests {
  static let browser = ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap { ProgramSearch.path(of: $0) }.first

  /// What a visitor does, and what comes of it as attributes of the body.
  private static let visit = """
    <script>
    setTimeout(() => {
      const body = document.body.dataset, all = (words) => [...document.querySelectorAll(words)];
      body.lines = all("#curves g.line").length;
      const plot = document.querySelector("#curves svg[tabindex]");
      plot.focus();
      for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) plot.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      body.spoken = document.querySelector("#curves [role=status]").textContent;
      body.forest = all("#deltas .forest g").length;
      body.images = all("#images tbody tr").length;
      all("#deltas table.sortable th button")[1].click();
      body.sorted = all("#deltas table.sortable tbody tr th").map((head) => head.textContent).join(" ");
      all("#curves .legend input")[0].click();
      body.left = all("#curves g.line").length;
      body.unnamed = all("select, input, button").filter((control) => !(control.labels && control.labels.length) && !control.textContent.trim()).length;
      body.requests = performance.getEntriesByType("resource").filter((entry) => !entry.name.startsWith("data:")).length;
      body.visited = "1";
    }, 200);
    </script>
    """

  @Test(.enabled(if: browser != nil, "there is no Chromium; scripts/setup-test-tools installs it"))
  func aVisit() throws {
    let program = try #require(Self.browser)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("benchpresso-\(UUID().uuidString)").path
    try Folder.create(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = [
      Sample.file("anchor"), Sample.file("more bits", factor: 1.5), Sample.file("fewer & less", factor: 0.8),
      Sample.file("near", factor: 1.02),
    ]
    let page = ReportPage(try Sample.report(files)).text.replacing("</body>", with: Self.visit + "</body>")
    try AtomicFile.write(page, to: "\(folder)/index.html")
    let result = try ChildProcess(
      program,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-component-update", "--disable-background-networking",
        "--user-data-dir=\(folder)/profile", "--window-size=1280,900", "--enable-logging=stderr", "--virtual-time-budget=5000",
        "--dump-dom",
        "file://\(folder)/index.html",
      ], timeLimit: .seconds(120)
    ).run()
    #expect(result.isSuccess, "\(result.messagesText.suffix(2000))")
    let console = result.messagesText.split(separator: "\n").filter { $0.contains(":CONSOLE") }
    #expect(console.isEmpty, "\(console)")
    let body = try #require(result.outputText.firstMatch(of: /<body[^>]*>/)).output
    for (name, value) in [
      ("visited", "1"), ("lines", "4"), ("forest", "3"), ("images", "8"), ("left", "3"), ("unnamed", "0"), ("requests", "0"),
      ("sorted", "fewer &amp; less near more bits"),
    ] {
      #expect(body.contains("data-\(name)=\"\(value)\""), "\(name): \(body)")
    }
    #expect(body.contains("data-spoken=\"more bits: q"), "\(body)")
  }
}
