import Foundation
import Testing

/// What `test`, `predict` and `run` write, and what they refuse.
@Suite(.serialized) struct ResultFoldersTests {
  struct Results: Decodable {
    struct Point: Decodable {
      let lambda: Double
    }
    let name: String
    let points: [Point]
  }

  private func run(_ arguments: [String], in folder: TestFolder) throws -> Command.Result { try Command(arguments, in: folder).run() }

  private func results(_ folder: TestFolder, _ name: String) throws -> Results {
    try JSONDecoder().decode(Results.self, from: Data(folder.bytes(name)))
  }

  @Test func resultsAreNumberedAndNotOverwritten() throws {
    let folder = try Tiny.trainedFolder()
    let test = ["test", "--config", "tiny.yaml", "--ckpt_path", "last", "--data.transform", "NoCrop"]
    for name in ["test", "test_1", "test_2"] {
      let result = try run(test, in: folder)
      #expect(result.status == 0 && result.messages.contains("written: logs/tiny/version_0/\(name)/results.json"), "\(result)")
      #expect(folder.has("logs/tiny/version_0/\(name)/config.yaml") && folder.has("logs/tiny/version_0/\(name)/results.csv"))
    }
    for name in ["out", "out_1"] {
      let result = try run(
        ["predict", "--config", "tiny.yaml", "--ckpt_path", "best", "--data.transform", "NoCrop", "--predict.output", "out"], in: folder)
      #expect(result.status == 0 && result.output == "\(name)\n", "\(result)")
      #expect(folder.has("\(name)/3.png") && folder.has("\(name)/config.yaml") && !folder.has("\(name)/3.bps"))
    }
    let streams = try run(
      [
        "predict", "--ckpt_path", Tiny.last, "--data", "{data_dir: pictures, transform: NoCrop}", "--predict.save_streams", "--format",
        "json",
      ],
      in: folder)
    #expect(streams.status == 0 && streams.output.contains("\"folder\" : \"logs/tiny/version_0/predict\""), "\(streams)")
    #expect(folder.has("logs/tiny/version_0/predict/3.bps"))
  }

  @Test(arguments: ["validate", "test", "predict"])
  func noCheckpointIsNoMeasurement(stage: String) throws {
    let folder = try Tiny.folder()
    let last = try run([stage, "--config", "tiny.yaml", "--ckpt_path", "last"], in: folder)
    #expect(
      last.status == 2
        && last.messages == "error: --ckpt_path: there is no checkpoint in 'logs/tiny'; give the path of one, or train first\n", "\(last)")
    let none = try run([stage, "--config", "tiny.yaml"], in: folder)
    #expect(
      none.status == 2
        && none.messages == """
          error: \(stage) needs trained weights: name them with --ckpt_path (a path, last or best); without them the measurement would be of \
          random weights

          """,
      "\(none)")
  }

  /// Golden test 11: a checkpoint does not silently replace what was asked for.
  @Test(arguments: ["fit", "validate", "test", "predict", "export"])
  func weightsOfAnotherModelAreRefused(stage: String) throws {
    let folder = try Tiny.trainedFolder()
    let output = stage == "export" ? ["--output", "out.safetensors"] : []
    let rule = "; leave the setting out, or name other weights"
    let result = try run(
      [stage, "--config", "tiny.yaml", "--ckpt_path", Tiny.last, "--model.channels", "5", "--model.activation", "ReLU"] + output, in: folder
    )
    #expect(
      result.messages == """
        error: --model.channels: asked for 5, but '\(Tiny.last)' was trained with 4\(rule)
        error: --model.activation: model.init_args.activation.class_path: asked for nonlinearity.ReLU, but '\(Tiny.last)' was trained with \
        nonlinearity.GDN\(rule)

        """, "\(result)")
    #expect(result.status == 2 && result.output.isEmpty)
    let other = try run([stage, "--ckpt_path", Tiny.last, "--model", "FactorizedPriorReLU", "--data", "Kodak"] + output, in: folder)
    #expect(
      other.status == 2
        && other.messages == """
          error: --model: model.class_path: asked for models.FactorizedPriorReLU, but '\(Tiny.last)' was trained with models.FactorizedPrior\
          \(rule)

          """,
      "\(other)")
  }

  @Test func allStages() throws {
    let folder = try Tiny.folder()
    let result = try run(["run", "--stage", "all", "--config", "tiny.yaml", "--data.test_transform", "NoCrop"], in: folder)
    #expect(result.status == 0, "\(result)")
    #expect(result.output.hasPrefix("loss ") && result.output.contains("0.0130"), "\(result.output)")
    #expect(folder.has(Tiny.last) && folder.has("logs/tiny/version_0/test/results.json") && !folder.has("logs/tiny/version_0/predict"))
    // Single stages of the same run: the trained weights are found.
    let later = try run(
      ["run", "--stage", "predict,validate", "--config", "tiny.yaml", "--data.test_transform", "NoCrop"], in: folder)
    #expect(later.status == 0 && folder.has("logs/tiny/version_0/predict/0.png") && !folder.has("logs/tiny/version_1"), "\(later)")
    let none = try run(["run", "--stage", "test", "--config", "tiny.yaml", "--name", "other"], in: folder)
    #expect(
      none.status == 2
        && none.messages == "error: there is no trained run 'other' in 'logs'; add fit to --stage, or name weights with --ckpt_path\n",
      "\(none)")
  }

  @Test func reconstructionsLieWhereTheResultsAre() throws {
    let folder = try Tiny.trainedFolder()
    let test = ["test", "--config", "tiny.yaml", "--ckpt_path", "last", "--data.transform", "NoCrop"]
    for name in ["out", "out_1"] {
      let result = try run(test + ["--test.output", "out", "--test.save_images", "out/images"], in: folder)
      #expect(result.status == 0 && result.messages.hasSuffix("written: reconstructions in \(name)/images\n"), "\(result)")
      #expect(folder.has("\(name)/results.json") && folder.has("\(name)/images/3.png"))
    }
    for name in ["images", "images_1"] {
      let result = try run(test + ["--test.save_images", "images"], in: folder)
      #expect(result.status == 0 && folder.has("\(name)/3.png"), "\(result)")
    }
  }

  @Test func aRunOfTheTestTakesTheModelFromTheWeights() throws {
    let folder = try Tiny.trainedFolder()
    let words = ["run", "--stage", "test", "--ckpt_path", Tiny.last, "--data", "ImageFolder", "--data.data_dir", "pictures"]
    let result = try run(words + ["--data.transform", "NoCrop"], in: folder)
    #expect(result.status == 0 && folder.has("logs/tiny/version_0/test/results.json"), "\(result)")
    let printed = try run(words + ["--print_config"], in: folder)
    #expect(printed.status == 0 && printed.output.contains("\n    expansion_channels: 6\n"), "\(printed)")
  }

  @Test func testsAtTheSameTimeKeepTheirResults() throws {
    let folder = try Tiny.trainedFolder()
    let command = Command(["test", "--config", "tiny.yaml", "--ckpt_path", "last", "--data.transform", "NoCrop"], in: folder)
    let all = try (0..<3).map { _ in try command.start() }
    var named: Set<String> = []
    for running in all {
      let result = try running.result()
      #expect(result.status == 0, "\(result)")
      for name in ["test", "test_1", "test_2"] where result.messages.contains("/\(name)/results.json") { named.insert(name) }
    }
    #expect(named.count == 3, "\(named)")
    for name in named { #expect(folder.has("logs/tiny/version_0/\(name)/results.json"), "\(name)") }
  }

  @Test func runsAreToldAsJSON() throws {
    let folder = try Tiny.folder()
    let fit = ["run", "--config", "tiny.yaml", "--stage", "fit", "--format", "json"]
    let one = try run(fit, in: folder)
    #expect(one.status == 0 && one.output.hasPrefix("{") && one.output.contains("\"folder\" : \"logs/tiny/version_0\""), "\(one)")
    try folder.add("rates.yaml", "loss_metric: mse\nvalues: [0.0018, 0.0130]\n")
    let two = try run(fit + ["--rates_config", "rates.yaml"], in: folder)
    let runs = try #require(JSONSerialization.jsonObject(with: Data(two.output.utf8)) as? [[String: Any]])
    #expect(runs.compactMap { $0["folder"] as? String } == ["q1", "q2"].map { "logs/tiny_fit_\($0)_mse/version_0" }, "\(two)")
  }

  @Test func severalRatesMakeOneCurve() throws {
    let folder = try Tiny.folder()
    try folder.add("unnamed.yaml", Tiny.configuration.replacingOccurrences(of: "name: tiny\n", with: ""))
    try folder.add("rates.yaml", "loss_metric: mse\nvalues: {q1: 0.0018, q4: 0.0130}\n")
    let result = try run(
      [
        "run", "--config", "unnamed.yaml", "--rates_config", "rates.yaml", "--data.test_transform", "NoCrop", "--trainer.max_steps", "1",
        "--format", "json",
      ], in: folder)
    #expect(result.status == 0, "\(result)")
    for (name, lambda) in [("q1", "0.0018"), ("q4", "0.013")] {
      let frozen = String(decoding: try folder.bytes("logs/factorized_prior_fit_\(name)_mse/version_0/config.yaml"), as: UTF8.self)
      #expect(
        frozen.contains("\nname: factorized_prior_fit_\(name)_mse\n") && frozen.contains("lagrangian_multiplier: \(lambda)\n"), "\(frozen)")
    }
    let written = try results(folder, "logs/factorized_prior_fit_q1_mse/version_0/test/results.json")
    #expect(try JSONDecoder().decode(Results.self, from: Data(result.output.utf8)).points.count == 2, "standard output is the curve alone")
    #expect(written.name == "factorized_prior_test_mse" && written.points.map(\.lambda) == [0.0018, 0.013])
    // Everything is checked before the first training starts.
    let wrong = try run(["run", "--config", "unnamed.yaml", "--rates_config", "rates.yaml", "--model.chanels", "3"], in: folder)
    #expect(wrong.status == 2 && !folder.has("logs/factorized_prior_fit_q1_mse/version_1"), "\(wrong)")
  }

  @Test func anInterruptedTestKeepsItsFinishedPoints() throws {
    let folder = try Tiny.trainedFolder()
    let more = (0..<400).flatMap { _ in ["--extra_ckpt", Tiny.last] }
    let running = try Command(
      ["test", "--config", "tiny.yaml", "--ckpt_path", "last", "--data.transform", "NoCrop", "--test.save_images", "images"] + more,
      in: folder
    ).start()
    // Pictures of the second point come when the first is done.
    running.wait { folder.has("images/point_2/0.png") }
    kill(running.process.processIdentifier, SIGINT)
    let result = try running.result()
    #expect(result.status == 130, "\(result)")
    #expect(result.messages.contains("rate points that are done are in logs/tiny/version_0/test/results.json"), "\(result)")
    let points = try results(folder, "logs/tiny/version_0/test/results.json").points.count
    #expect(points >= 1 && points <= 400)
  }
}
