import Benchpresso
import Configuration
import Foundation
import Testing

/// Help, the order of words, exit statuses, and what goes to which stream.
struct HelpTests {
  static let commands = [
    [], ["fit"], ["train"], ["validate"], ["test"], ["predict"], ["run"], ["encode"], ["decode"], ["inspect"], ["import"],
    ["export"], ["compare"], ["quickstart"], ["measure"], ["measure", "latency"], ["measure", "throughput"],
    ["measure", "scaling"], ["codec"], ["metrics"], ["find"], ["study"], ["study", "plan"], ["study", "run"], ["study", "status"],
    ["study", "results"], ["study", "submit"], ["study", "exec"], ["report"], ["config", "draw"],
    ["config"], ["config", "check"], ["config", "show"], ["config", "diff"], ["schema"], ["describe"], ["list"], ["doctor"], ["completion"],
    ["taxonomy"], ["taxonomy", "tree"], ["taxonomy", "show"], ["taxonomy", "trends"], ["taxonomy", "coverage"], ["papers"],
    ["papers", "list"], ["papers", "show"], ["registry"], ["registry", "add"], ["registry", "list"], ["registry", "search"],
    ["registry", "show"], ["registry", "tag"], ["registry", "remove"], ["registry", "verify"], ["registry", "card"], ["registry", "push"],
    ["registry", "pull"], ["registry", "export"], ["registry", "import"],
  ]
  static let stages = ["fit", "validate", "test", "predict", "run"]

  private func run(_ arguments: [String], in folder: TestFolder) throws -> Command.Result {
    var command = Command(arguments, in: folder)
    command.program = try folder.lonelyProgram()
    command.environment = ["COLUMNS": "100"]
    return try command.run()
  }

  @Test(arguments: commands)
  func isShort(command: [String]) throws {
    let folder = try TestFolder()
    let result = try run(command + ["--help"], in: folder)
    #expect(result.status == 0 && result.messages.isEmpty && result.output.hasPrefix("OVERVIEW: "), "\(result)")
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(lines <= (command.isEmpty ? 60 : 50), "\(result.output)")
    #expect(result.output.contains("USAGE: benchpresso"), "\(result.output)")
    #expect(try run(command + ["-h"], in: folder).output == result.output)
  }

  /// Every option that the help names can be completed.
  @Test(arguments: commands)
  func everyOptionIsCompleted(command: [String]) throws {
    guard !command.isEmpty, ![["config"], ["measure"], ["study"], ["registry"]].contains(command) else { return }
    let folder = try TestFolder()
    let help = try run(command + ["--help"], in: folder).output
    let options = help.split(separator: "\n").compactMap { line -> Substring? in
      let word = line.drop { $0 == " " }.prefix { $0 != " " && $0 != "," }
      return line.hasPrefix("  --") && line != "  --version" ? word : nil
    }
    let completed = try run(["__complete", "fish", "--"] + command + ["--"], in: folder).output.split(separator: "\n")
    let offered = Set(completed.map { $0.prefix { $0 != "\t" } })
    for option in options where option != "--version" { #expect(offered.contains(option), "\(option): \(completed)") }
    #expect(offered.contains("--help"), "\(completed)")
  }

  @Test(arguments: stages)
  func allSettingsAreNamed(stage: String) throws {
    let folder = try TestFolder()
    let result = try run([stage, "--help-all"], in: folder)
    #expect(result.status == 0 && result.messages.isEmpty && result.output.contains("USAGE: benchpresso \(stage)"), "\(result)")
    for setting in SettingDescription.all(of: Experiment.self) {
      #expect(result.output.contains("\n  --\(setting.key)  "), "\(setting.key)")
    }
    // The parser breaks all lines but that of the usage.
    #expect(result.output.split(separator: "\n").filter { $0.count > 110 && !$0.hasPrefix("USAGE: ") } == [])
  }

  /// What is the same command line in another order gives the same configuration.
  @Test(arguments: [
    ["--config", "ok.yaml", "fit", "--name", "x"], ["-c", "ok.yaml", "fit", "--name", "x"], ["fit", "-c", "ok.yaml", "--name=x"],
    ["--config=ok.yaml", "--name", "x", "fit"], ["fit", "-c=ok.yaml", "--name", "x"], ["--name", "x", "train", "-c", "ok.yaml"],
    ["--name", "fit", "fit", "--config", "ok.yaml", "--name", "x"],
  ])
  func optionsMayStandBeforeTheCommand(arguments: [String]) throws {
    let folder = try ErrorMessagesTests.folder()
    let expected = try run(["fit", "--config", "ok.yaml", "--name", "x", "--print_config"], in: folder)
    let result = try run(arguments + ["--print_config"], in: folder)
    #expect(result.status == 0 && result.output == expected.output && result.messages.isEmpty, "\(result)")
  }

  /// From left to right: the typed option loses to the later file, and that is told.
  @Test func theLastWordCounts() throws {
    let folder = try ErrorMessagesTests.folder()
    try folder.add("t1.yaml", "trainer: {max_steps: 1, max_epochs: 11}\n")
    try folder.add("t2.yaml", "trainer: {max_steps: 2}\n")
    for (words, steps, note) in [
      (["-c", "t1.yaml", "-c", "t2.yaml"], 2, ""), (["-c", "t2.yaml", "-c", "t1.yaml"], 1, ""),
      (["-c", "t1.yaml", "--trainer.max_steps", "3"], 3, ""),
      (
        ["--trainer.max_steps", "3", "-c", "t1.yaml"], 1,
        "note: t1.yaml:1:22: trainer.max_steps: --trainer.max_steps 3 is replaced by this file's 1, since options apply left to right\n"
      ),
    ] {
      let result = try run(["config", "show", "-c", "ok.yaml"] + words, in: folder)
      #expect(result.output.contains("  max_steps: \(steps)\n") && result.messages == note, "\(result)")
    }
  }

  @Test(
    arguments: [
      (["--version"], 0), (["version"], 2), ([], 0), (["help", "fit"], 0), (["fit", "--version"], 0), (["encode"], 2),
      (["compare", "absent.json"], 2),
      (["decode", "--weights", "absent", "a", "b"], 1), (["compare", "absent.json", "--anchor", "absent.json"], 1),
      (["report"], 2), (["report", "absent.json"], 2), (["report", "absent.json", "-o", "out"], 1),
      (["completion", "tcsh"], 2),
      (["config", "check"], 2), (["config", "chek", "a.yaml"], 2), (["list", "--format", "yaml"], 2),
    ] as [([String], Int32)])
  func exitStatuses(arguments: [String], status: Int32) throws {
    let result = try run(arguments, in: TestFolder())
    #expect(result.status == status, "\(result)")
    // Results and help go to standard output, mistakes to standard error.
    #expect(result.output.isEmpty == (status != 0) && result.messages.isEmpty == (status == 0), "\(result)")
    if status != 0 { #expect(result.messages.hasPrefix("error: "), "\(result)") }
  }
}
