import Configuration
import Foundation
import Registry
import Testing
import Training

@testable import Benchpresso

/// All ways to say the same thing on a command line, with the real components.
struct SpellingTests {
  static let base = ConfigurationFilesTests.root + "/configs/thesis/factorized_prior.yaml"
  static let loss = "loss.rate_distortion_loss_compressai.RateDistortionLoss"

  static func file(_ words: [String]) throws -> ExperimentFile {
    try ExperimentFile(try ConfigurationWords(words).request(stage: "fit", environment: [:]), catalogue: BuiltIn.catalogue())
  }

  @Test(arguments: [
    ["--model.rate_distortion_function.loss_metric", "ms_ssim"], ["--model.rate_distortion_function.init_args.loss_metric", "ms_ssim"],
    ["--model.init_args.rate_distortion_function.init_args.loss_metric", "ms_ssim"],
    ["--model.init_args.rate_distortion_function.loss_metric=ms_ssim"],
    ["--model.rate_distortion_function", "{class_path: \(loss), init_args: {loss_metric: ms_ssim}}"],
    ["--model.rate_distortion_function", "{\"class_path\": \"\(loss)\", \"init_args\": {\"loss_metric\": \"ms_ssim\"}}"],
    ["--model.rate_distortion_function", "{init_args: {loss_metric: ms_ssim}}"],
    ["--model.rate_distortion_function", "{loss_metric: ms_ssim}"],
    ["--model.rate_distortion_function={loss_metric:ms_ssim}"],
    ["--model", "{init_args: {rate_distortion_function: {init_args: {loss_metric: ms_ssim}}}}"],
    ["--model.rate_distortion_function", loss, "--model.rate_distortion_function.loss_metric", "ms_ssim"],
    ["--model.rate_distortion_function.loss_metric", "ms_ssim", "--model.rate_distortion_function", "RateDistortion"],
    [
      "--model.rate_distortion_function.class_path", "loss.RateDistortion", "--model.rate_distortion_function.init_args",
      "{loss_metric: ms_ssim}",
    ],
    ["--config", "{model: {init_args: {rate_distortion_function: {init_args: {loss_metric: ms_ssim}}}}}"],
    ["--model", "FactorizedPrior", "--model.rate_distortion_function.loss_metric", "ms_ssim"],
    ["--model", "models.google_models.FactorizedPrior", "--model.rate_distortion_function.loss_metric", "ms_ssim"],
    ["--model.class_path", "models.FactorizedPrior", "--model.rate_distortion_function.loss_metric", "ms_ssim"],
  ])
  func ofOneLeaf(words: [String]) throws {
    let expected = try Self.file(["--config", Self.base, "--model.init_args.rate_distortion_function.init_args.loss_metric=ms_ssim"])
    let file = try Self.file(["--config", Self.base] + words)
    #expect(file.resolved == expected.resolved)
    #expect(file.notes == expected.notes)
    // What else was said stays.
    #expect(file.tree.node(at: "model.init_args.rate_distortion_function.init_args.lagrangian_multiplier") == 0.0018)
  }

  @Test(arguments: [
    ["--trainer", "{max_steps: 3, threads: 2}"], ["--trainer={max_steps:3,threads:2}"], ["--trainer.max_steps=3", "--trainer.threads=2"],
    ["--trainer.max_steps", "3.0", "--trainer.threads", "0x2"],
    ["--trainer", "{\"max_steps\": 3, \"threads\": 2}"], ["--config={trainer: {max_steps: 3}}", "--trainer", "{threads: 2}"],
  ])
  func ofAGroup(words: [String]) throws {
    let trainer = try Self.file(words).experiment.trainer
    #expect(trainer.maxSteps == 3 && trainer.threads == 2)
  }

  @Test func ofAFile() throws {
    let folder = try TestFolder()
    try folder.add("data.yaml", "class_path: datasets.Kodak\ninit_args: {transform: parts/t.yaml, data_dir: k}\n")
    try folder.add("wrapped.yaml", "data: {class_path: datasets.Kodak, init_args: {transform: parts/t.yaml, data_dir: k}}\n")
    try folder.add("main.yaml", "data: data.yaml\n")
    try folder.add("parts/t.yaml", "transform.NoCrop: x\n")
    try folder.add("parts/t.yaml", "class_path: transform.RandomCrop\ninit_args: {patch_size: 64}\n")
    let expected = try Self.file([
      "--data", "Kodak", "--data.data_dir", "k", "--data.transform", "RandomCrop", "--data.transform.patch_size", "64",
    ])
    for words in [
      ["--data", "\(folder.path)/data.yaml"], ["--data=\(folder.path)/wrapped.yaml"], ["--config", "\(folder.path)/main.yaml"],
    ] {
      let file = try Self.file(words)
      #expect(Difference.between(file.tree, expected.tree).isEmpty, "\(words)")
    }
  }

  /// A class path after its arguments, and arguments without a class.
  @Test func classesAndArgumentsOfTheData() throws {
    for words in [
      ["--data.batch_size", "32", "--data", "datasets.CLIC"], ["--data", "datasets.CLIC", "--data.batch_size", "32"],
      ["--data", "datasets.Kodak", "--data.batch_size", "32", "--data", "CLIC"],
    ] {
      let data = try Self.file(words).experiment.data
      #expect(data.classPath == "datasets.CLIC" && data.arguments["batch_size"] == 32, "\(words)")
    }
    let overlaid = try Self.file(["--config={data: datasets.Kodak}", "--data.init_args.batch_size=2"]).experiment.data
    #expect(overlaid.classPath == "datasets.Kodak" && overlaid.arguments["batch_size"] == 2)
  }

  /// An overlay in a file may leave `class_path` out.
  @Test func partialOverlays() throws {
    let overlay = "--config={model: {init_args: {encoder: {init_args: {activation: {class_path: activations.ReLU}}}}}}"
    let (before, after) = (try Self.file(["--config", Self.base]), try Self.file(["--config", Self.base, overlay]))
    #expect(Difference.between(before.tree, after.tree).map(\.path) == ["model.init_args.encoder.init_args.activation.class_path"])
    #expect(after.tree.node(at: "model.init_args.encoder.init_args.activation") == ["class_path": "nonlinearity.ReLU"])
  }

  static let changes: [(words: [String], dropped: String?)] = [
    (["--model.encoder.activation", "activations.ReLU"], "channels, inverse, beta_min, gamma_init; none is kept"),
    (["--model.encoder.activation.class_path", "ReLU"], "channels, inverse, beta_min, gamma_init; none is kept"),
    (["--model.encoder.activation", "{class_path: nonlinearity.ReLU}"], "channels, inverse, beta_min, gamma_init; none is kept"),
    (["--model.encoder.activation", "nonlinearity.GDN"], nil), (["--model.encoder.activation", "GDN"], nil),
    (
      ["--model", "models.FactorizedPriorReLU"], "encoder, decoder, entropy_bottleneck; kept: rate_distortion_function, expansion_channels"
    ),
  ]

  @Test(arguments: changes)
  func changesOfClass(words: [String], dropped: String?) throws {
    let file = try Self.file(["--config", Self.base] + words)
    #expect(
      file.notes.map { $0.sentence.split(separator: "; ", maxSplits: 1).last.map(String.init) }
        == (dropped.map { ["dropped arguments of the old class: \($0)"] } ?? []))
  }

  @Test(arguments: [
    (["--model.encoder.activation.beta_min", "1e-5", "--model.encoder.activation", "ReLU"], "beta_min", "it takes no arguments"),
    (
      ["--model.encoder.channels", "64", "--model", "models.FactorizedPriorReLU"], "encoder",
      "it takes channels, expansion_channels, quantizer, rate_distortion_function"
    ),
  ])
  func typedArgumentsAreNotDropped(words: [String], argument: String, takes: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Self.file(["--config", Self.base] + words) }
    #expect(error.problems.count == 1, "\(error)")
    #expect(error.problems[0].mark.description == words[0])
    #expect(error.problems[0].sentence.hasSuffix("which does not take the typed '\(argument)' (\(takes))"), "\(error)")
  }
}
