import Foundation
import Testing

/// `config check`, `config show` and `config diff`, and `--print_config`.
@Suite(.serialized) struct ConfigCommandTests {
  private static func folder() throws -> TestFolder {
    let folder = try Tiny.folder()
    try folder.add("bad.yaml", "trainer:\n  max_step: 3\nname: null\n")
    try folder.add("more.yaml", "vars: {N: 5}\ntrainer: {max_steps: 9}\nmodel: {init_args: {channels: \"${N}\"}}\n")
    return folder
  }

  /// The program where libtorch is not.
  private func run(_ arguments: [String], in folder: TestFolder, environment: [String: String] = [:]) throws -> Command.Result {
    var command = Command(arguments, in: folder)
    command.program = try folder.lonelyProgram()
    command.environment = environment
    return try command.run()
  }

  private struct Report: Decodable, Equatable {
    struct Place: Decodable, Equatable {
      let source: String
      let line: Int?
      let column: Int?
      let path: String
      let sentence: String
    }
    let file: String
    let problems: [Place]
    let notes: [Place]
  }

  @Test func checkNamesEveryFile() throws {
    let folder = try Self.folder()
    let good = try run(["config", "check", "tiny.yaml", "more.yaml"], in: folder)
    #expect(good.status == 0 && good.output == "tiny.yaml: ok\nmore.yaml: ok\n" && good.messages.isEmpty, "\(good)")
    let both = try run(["config", "check", "tiny.yaml", "bad.yaml", "absent.yaml"], in: folder)
    #expect(both.status == 2 && both.output == "tiny.yaml: ok\nbad.yaml: 2 problems\nabsent.yaml: 1 problem\n", "\(both)")
    #expect(both.messages.contains("error: bad.yaml:2:3: trainer.max_step: unknown key 'max_step'; did you mean 'max_steps'?"), "\(both)")
    let json = try run(["config", "check", "bad.yaml", "tiny.yaml", "--format", "json"], in: folder)
    let reports = try JSONDecoder().decode([Report].self, from: Data(json.output.utf8))
    #expect(json.status == 2 && json.messages.isEmpty && reports.map(\.file) == ["bad.yaml", "tiny.yaml"], "\(json)")
    #expect(
      reports[0].problems.last
        == .init(
          source: "bad.yaml", line: 3, column: 7, path: "name",
          sentence: "null is not possible here, expected a text; leave the key out for the default (the text 'experiment')"))
    #expect(reports[0].problems.first?.path == "trainer.max_step" && reports[1].problems.isEmpty)
  }

  @Test func showResolvesWhatTheStagesWould() throws {
    let folder = try Self.folder()
    let shown = try run(["config", "show", "--config", "tiny.yaml", "-c", "more.yaml", "--trainer.threads", "2"], in: folder)
    #expect(shown.status == 0 && shown.messages.isEmpty, "\(shown)")
    for line in [
      "name: tiny", "    channels: 5", "  max_steps: 9", "  threads: 2", "  val_check_interval: 0", "    class_path: nonlinearity.GDN",
    ] {
      #expect(
        shown.output.contains("\n\(line)\n") || shown.output.contains("\n  \(line)\n") || shown.output.contains("\n    \(line)\n"),
        "\(line)")
    }
    #expect(!shown.output.contains("vars") && !shown.output.contains("${"))
    // What is shown means the same when it is read again.
    try folder.add("shown.yaml", shown.output)
    let same = try run(["config", "show", "--config", "shown.yaml"], in: folder)
    #expect(same.output == shown.output)
    let printed = try run(
      ["fit", "--print_config", "--config", "tiny.yaml", "-c", "more.yaml", "--trainer.threads", "2"], in: folder)
    #expect(printed.status == 0 && printed.output == shown.output && printed.messages.isEmpty, "\(printed)")
  }

  @Test func showTellsWhereEachValueComesFrom() throws {
    let folder = try Self.folder()
    let shown = try run(
      ["config", "show", "--origin", "--config", "tiny.yaml", "--config", "more.yaml", "--trainer.threads=2"], in: folder,
      environment: ["BENCHPRESSO_FIT__TRAINER__LIMIT_VAL_BATCHES": "3", "BENCHPRESSO_TEST__NAME": "other"])
    for (key, origin) in [
      ("name: tiny", "tiny.yaml:1"), ("channels: 5", "more.yaml:3 ${N} from more.yaml:1"), ("max_steps: 9", "more.yaml:2"),
      ("threads: 2", "--trainer.threads"), ("limit_val_batches: 3", "$BENCHPRESSO_FIT__TRAINER__LIMIT_VAL_BATCHES"),
      ("enable_progress_bar: true", "default"), ("expansion_channels: 6", "tiny.yaml:5"),
    ] {
      #expect(shown.output.contains("\(key)  # \(origin)\n"), "\(key): \(shown.output)")
    }
    let json = try run(["config", "show", "--origin", "--format", "json", "--config", "tiny.yaml"], in: folder)
    let object = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: [String: Any]])
    #expect(object["configuration"]?["name"] as? String == "tiny" && object["origins"]?["name"] as? String == "tiny.yaml:1", "\(json)")
  }

  @Test func variablesOfTheEnvironment() throws {
    let folder = try Self.folder()
    try folder.add("env.yaml", "trainer: {max_steps: 11}\n")
    let environment = [
      "BENCHPRESSO_CONFIG": "env.yaml", "BENCHPRESSO_TRAINER__THREADS": "3", "BENCHPRESSO_MODEL__ACTIVATION": "ReLU",
      "BENCHPRESSO_TRAINER__MAX_STEPPS": "1",
    ]
    let arguments = ["config", "show", "--model", "models.FactorizedPrior", "--data", "Kodak"]
    let shown = try run(arguments, in: folder, environment: environment)
    for line in ["max_steps: 11", "threads: 3", "class_path: nonlinearity.ReLU"] {
      #expect(shown.output.contains("\(line)\n"), "\(shown.output)")
    }
    #expect(
      shown.messages == """
        note: $BENCHPRESSO_TRAINER__MAX_STEPPS: no setting is called 'trainer.max_stepps', so the variable does nothing; unset it or correct \
        its name

        """)
    let wrong = try run(arguments, in: folder, environment: ["BENCHPRESSO_TRAINER__THREADS": "many"])
    #expect(
      wrong.status == 2
        && wrong.messages == "error: $BENCHPRESSO_TRAINER__THREADS: trainer.threads: expected an integer, found the text 'many'\n",
      "\(wrong)")
    for off in [arguments + ["--no-env"], arguments] {
      let none = try run(off, in: folder, environment: environment.merging(off == arguments ? ["BENCHPRESSO_ENV": "0"] : [:]) { $1 })
      #expect(none.output.contains("max_steps: 1000000\n") && none.messages.isEmpty, "\(none)")
    }
  }

  @Test func printConfigFlags() throws {
    let folder = try Self.folder()
    let fit = ["fit", "--config", "tiny.yaml"]
    let all = try run(fit + ["--print_config"], in: folder).output
    let comments = try run(fit + ["--print_config=comments"], in: folder).output
    #expect(
      comments.contains("  # The number of steps after which training ends, at least 1; -1 for no limit.\n  max_steps: 4\n"), "\(comments)")
    let bare = comments.split(separator: "\n").filter {
      !$0.trimmingCharacters(in: .whitespaces).hasPrefix("# ") || $0.hasPrefix("# benchpresso")
    }
    #expect(bare.joined(separator: "\n") + "\n" == all)
    #expect(comments.split(separator: "\n").allSatisfy { $0.count <= 110 })
    let noNulls = try run(fit + ["--print_config=skip_null"], in: folder).output
    #expect(all.contains(": null\n") && !noNulls.contains("null"))
    let short = try run(fit + ["--print_config=skip_default,skip_null"], in: folder).output
    #expect(short.contains("name: tiny\n") && !short.contains("matmul_precision") && short.count < all.count / 2, "\(short)")
    try folder.add("short.yaml", short)
    #expect(try run(["config", "show", "--config", "short.yaml"], in: folder).output == all, "\(short)")
  }

  @Test func diffNamesWhatDiffers() throws {
    let folder = try Self.folder()
    try folder.add(
      "other.yaml",
      Tiny.configuration.replacingOccurrences(of: "models.FactorizedPrior", with: "FactorizedPrior") + "test: {pad_multiple: null}\n")
    let same = try run(["config", "diff", "tiny.yaml", "other.yaml"], in: folder)
    #expect(same.status == 0 && same.output.isEmpty && same.messages == "the resolved configurations are the same\n", "\(same)")
    try folder.add(
      "other.yaml",
      Tiny.configuration.replacingOccurrences(of: "max_steps: 4", with: "max_steps: 5\n  threads: 2").replacingOccurrences(
        of: "threads: 1\n  d", with: "d"
      ).replacingOccurrences(of: "RandomCrop, init_args: {patch_size: 32}", with: "NoCrop"))
    let different = try run(["config", "diff", "tiny.yaml", "other.yaml"], in: folder)
    #expect(
      different.output == """
        data.init_args.transform.class_path: transform.RandomCrop | transform.NoCrop
        trainer.max_steps: 4 | 5
        trainer.threads: 1 | 2

        """)
    #expect(different.status == 1 && different.messages.isEmpty, "\(different)")
    let json = try run(["config", "diff", "tiny.yaml", "other.yaml", "--format", "json"], in: folder)
    #expect(json.status == 1 && json.output.contains("\"path\" : \"trainer.max_steps\""), "\(json)")
    let wrong = try run(["config", "diff", "tiny.yaml", "bad.yaml"], in: folder)
    #expect(wrong.status == 2 && wrong.output.isEmpty, "\(wrong)")
  }

  @Test func diffReadsRunsAndCheckpoints() throws {
    let folder = try Tiny.trainedFolder()
    for side in ["logs/tiny/version_0", "logs/tiny/version_0/", Tiny.last, "logs/tiny/version_0/config.yaml"] {
      let result = try run(["config", "diff", "tiny.yaml", side], in: folder)
      #expect(result.status == 0 && result.output.isEmpty, "\(side): \(result)")
    }
  }
}
