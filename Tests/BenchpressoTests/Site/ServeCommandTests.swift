import Foundation
import Results
import SafeFiles
import Testing

/// `benchpresso serve` as users run it.
struct ServeCommandTests {
  private struct Address: Decodable {
    let address: String
    let port: Int
  }

  /// A server that runs, and how it is asked.
  private final class Served {
    let running: Command.Running
    let address: Address

    init(_ folder: TestFolder, _ words: [String] = []) throws {
      var command = Command(["serve", "--port", "0", "--format", "json", "--no-cost", "--registry", "registry"] + words, in: folder)
      command.program = try folder.lonelyProgram()
      let running = try command.start()
      self.running = running
      func output() -> String { String(decoding: (try? FileBytes.read(running.output)) ?? [], as: UTF8.self) }
      running.wait { output().hasSuffix("\n") }
      address = try JSONDecoder().decode(Address.self, from: Data(output().utf8))
    }

    deinit { if running.process.isRunning { kill(running.process.processIdentifier, SIGKILL) } }

    func get(_ path: String, _ words: [String] = []) throws -> (status: String, body: String) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["curl", "-s", "--path-as-is", "-w", "\n%{http_code}"] + words + ["http://127.0.0.1:\(address.port)\(path)"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      let end = text.lastIndex(of: "\n") ?? text.startIndex
      return (String(text[end...].dropFirst()), String(text[..<end]))
    }
  }

  @Test func pagesAndWhatIsAddedMeanwhile() throws {
    let folder = try SiteSample.folder()
    let served = try Served(folder)
    #expect(served.address.address == "http://127.0.0.1:\(served.address.port)/")
    let board = try served.get("/leaderboard.html")
    #expect(board.status == "200" && board.body.contains(">curve a</a>") && !board.body.contains("late curve"))
    #expect(try served.get("/").body.contains("<h1>Benchpresso</h1>") && served.get("/components/nonlinearity.gdn.html").status == "200")
    try folder.add("c/results.json", bytes: SiteSample.results("late curve", factor: 0.9).json(name: "c"))
    #expect(try SiteSample.run(["registry", "add", "c", "--registry", "registry"], in: folder).status == 0)
    #expect(try served.get("/leaderboard.html").body.contains("late curve"))
    #expect(try served.get("/api/results").body.contains("late curve"))
    #expect(try SiteSample.run(["registry", "remove", "late curve", "--registry", "registry"], in: folder).status == 0)
    #expect(try !served.get("/leaderboard.html").body.contains("late curve"))
    for (path, status) in [
      ("/nothing.html", "404"), ("/../etc/passwd", "404"), ("/models/..%2f..%2fetc/passwd", "404"), ("/%00", "400"), ("/site.json", "404"),
    ] {
      #expect(try served.get(path).status == status, "\(path)")
    }
    #expect(try served.get("/nothing.html").body.contains("<h1>Nothing here</h1>"))
    #expect(try served.get("/", ["-X", "POST", "-d", "x"]).status == "405")
    #expect(try served.get("/", ["-H", "Host: example.org"]).status == "403")
  }

  @Test func theRegistryMayComeLater() throws {
    let folder = try TestFolder()
    let served = try Served(folder)
    #expect(try served.get("/").body.contains("benchpresso registry add runs") && served.get("/api/results").body == "[\n\n]\n")
    #expect(!folder.has("registry"))
    try folder.add("a/results.json", bytes: SiteSample.results("curve a").json(name: "a"))
    #expect(try SiteSample.run(["registry", "add", "a", "--registry", "registry"], in: folder).status == 0)
    #expect(try served.get("/").body.contains("curve a"))
  }

  @Test func programsReadWhatCommandsPrint() throws {
    let folder = try SiteSample.folder()
    let served = try Served(folder)
    for (path, words) in [
      ("/api/results", ["registry", "search", "--kind", "results", "--registry", "registry"]),
      (
        "/api/results?q=curve%20a&where=psnr%3E%3D32&dataset=kodak",
        ["registry", "search", "curve", "a", "--kind", "results", "--registry", "registry"]
      ),
      ("/api/results?where=psnr%3E%3D320", ["registry", "search", "--where", "psnr>=320", "--registry", "registry"]),
      ("/api/models", ["registry", "search", "--kind", "weights", "--registry", "registry"]), ("/api/components", ["list"]),
      ("/api/taxonomy", ["taxonomy"]),
      ("/api/publications", ["papers"]),
      ("/api/publications?category=Quantization&year=2018..", ["papers", "--category", "Quantization", "--year", "2018.."]),
    ] {
      let printed = try SiteSample.run(words + ["--format", "json"], in: folder)
      let answer = try served.get(path)
      #expect(answer.status == "200" && answer.body == printed.output && !printed.output.isEmpty, "\(path)")
    }
    for (path, says) in [
      ("/api/results?where=psnr", "is no condition"), ("/api/results?limit=0", "expected a number above 0"),
      ("/api/results?name=a", "there is no parameter 'name'"),
      ("/api/publications?category=nothing", "in the taxonomy"), ("/api/publications?year=x", "expected years"),
    ] {
      let answer = try served.get(path)
      #expect(answer.status == "400" && answer.body.contains(says) && answer.body.hasPrefix("{"), "\(path): \(answer)")
    }
    #expect(try served.get("/api/nothing").status == "404")
  }

  @Test(arguments: [SIGINT, SIGTERM]) func aSignalEndsIt(signal: Int32) throws {
    let folder = try TestFolder()
    let served = try Served(folder)
    kill(served.running.process.processIdentifier, signal)
    let result = try served.running.result()
    #expect(result.status == 128 + signal && result.messages.hasSuffix("stopped\n"), "\(result)")
  }

  @Test func aPortInUseIsAnError() throws {
    let folder = try TestFolder()
    let served = try Served(folder)
    let result = try SiteSample.run(["serve", "--port", "\(served.address.port)", "--no-cost", "--registry", "registry"], in: folder)
    #expect(result.status == 1 && result.output.isEmpty, "\(result)")
    #expect(
      result.messages.hasPrefix("error: port \(served.address.port) of 127.0.0.1 is in use") && result.messages.contains("--port"),
      "\(result)")
  }

  @Test func whoCanBeReachedIsWarned() throws {
    let folder = try TestFolder()
    let served = try Served(folder, ["--host", "0.0.0.0"])
    #expect(try served.get("/", ["-H", "Host: box.example.org"]).status == "200")
    kill(served.running.process.processIdentifier, SIGTERM)
    #expect(try served.running.result().messages.contains("warning: whoever can reach this machine"))
  }
}
