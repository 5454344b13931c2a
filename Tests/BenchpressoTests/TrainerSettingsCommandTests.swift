import Foundation
import Testing

/// Settings of the trainer as the commands honour them.
@Suite(.serialized) struct TrainerSettingsCommandTests {
  private func fit(_ folder: TestFolder, _ more: String...) throws -> Command.Result {
    try Command(["fit", "--config", "tiny.yaml"] + more, in: folder).run()
  }

  private func files(_ folder: TestFolder) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("logs") && $0.contains(".") }.sorted()
  }

  @Test func aTrialWritesNothingAndSaysWhere() throws {
    let folder = try Tiny.folder()
    let result = try fit(folder, "--trainer.fast_dev_run", "true")
    #expect(result.status == 0 && result.output.isEmpty, "\(result)")
    #expect(
      result.messages.contains("fast_dev_run: 1 batch of training and of validation; nothing is written to logs/tiny/version_0"),
      "\(result.messages)")
    #expect(result.messages.contains("done; no checkpoint was written"), "\(result.messages)")
    #expect(!folder.has("logs"))
  }

  @Test func withoutCheckpointsAndLoggersOnlyTheConfigurationIsLeft() throws {
    let folder = try Tiny.folder()
    let result = try fit(
      folder, "--trainer.callbacks", "[]", "--trainer.enable_checkpointing", "false", "--trainer.logger", "null", "--trainer.max_epochs",
      "1",
      "--trainer.matmul_precision", "high")
    #expect(result.status == 0 && result.messages.contains("done; no checkpoint was written"), "\(result)")
    #expect(try files(folder) == ["logs/tiny/version_0/config.yaml"])
  }

  @Test func theSummaryComesFirstUnlessItIsOff() throws {
    let folder = try Tiny.folder()
    let shown = try fit(folder, "--trainer.fast_dev_run", "true")
    #expect(shown.messages.hasPrefix("  | Name ") && shown.messages.contains("g_a                | FactorizedPriorEncoder"), "\(shown)")
    let hidden = try fit(folder, "--trainer.fast_dev_run", "true", "--trainer.enable_model_summary", "false")
    #expect(hidden.status == 0 && !hidden.messages.contains("| Name"), "\(hidden)")
  }

  @Test func aTestIsLimited() throws {
    let folder = try Tiny.trainedFolder()
    let result = try Command(
      [
        "test", "--config", "tiny.yaml", "--ckpt_path", Tiny.last, "--trainer.limit_test_batches", "1", "--test.output", "out",
        "--data.transform", "transform.NoCrop",
      ], in: folder
    ).run()
    #expect(result.status == 0, "\(result)")
    let lines = String(decoding: try folder.bytes("out/results.csv"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 3, "one batch of two pictures: \(lines)")
  }

  @Test func msSSIMTrains() throws {
    let folder = try Tiny.folder()
    try folder.addPictures("large", count: 2, side: 176)
    let loss = "{class_path: loss.RateDistortion, init_args: {loss_metric: ms_ssim, lagrangian_multiplier: 8.73}}"
    let metric = ["--model.rate_distortion_function", loss]
    let words = ["fit", "--config", "tiny.yaml", "--data.data_dir", "large", "--trainer.fast_dev_run", "true"] + metric
    let trained = try Command(words + ["--data.transform", "transform.NoCrop"], in: folder).run()
    #expect(trained.status == 0, "\(trained)")
    let small = try Command(words, in: folder).run()
    let sentence = "error: the loss metric ms_ssim needs pictures with sides of more than 160"
    #expect(small.status == 1 && small.messages.contains(sentence), "\(small)")
  }

  /// The weights that ship name their model in the form of before its networks were components.
  @Test func theShippedWeightsCode() throws {
    let folder = try Tiny.folder()
    let weights = ConfigurationFilesTests.root + "/weights/quickstart/lambda-0.0018.safetensors"
    let coded = try Command(["encode", "--weights", weights, "pictures/0.png", "0.bps"], in: folder).run()
    #expect(coded.status == 0, "\(coded)")
    let decoded = try Command(["decode", "--weights", weights, "0.bps", "0.png"], in: folder).run()
    #expect(decoded.status == 0 && folder.has("0.png"), "\(decoded)")
  }
}
