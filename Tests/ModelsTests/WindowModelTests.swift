import Configuration
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch
import Weights

/// The models of attention within windows: as large as the published ones, and small ones that train and code.
@Suite(.serialized) struct WindowModelTests {
  private func plan(_ model: String, _ arguments: String) throws -> ModelPlan { try FactorizedPriorPlanTests.plan(arguments, model: model) }

  /// Parameters that PyTorch counts in the models that the authors' code makes: TIC (lumingzzz/TIC) of the two sizes of its zoo, SymmetricalTransFormer
  /// (Googolxx/STF), TCM (jmliu206/LIC_TCM, `TCM(N=64, M=320)` and `N=128`) of its default configuration.
  static let published: [(model: String, arguments: String, count: Int)] = [
    ("models.TIC", "{}", 10_227_299), ("models.TIC", "{channels: 192, expansion_channels: 320}", 23_924_948),
    ("models.STF", "{}", 99_855_639), ("models.TCM", "{}", 45_180_752),
    (
      "models.TCM",
      "{encoder: {init_args: {width: 128}}, decoder: {init_args: {width: 128}}, hyper_analysis: {init_args: {width: 128}}, "
        + "hyper_synthesis: {init_args: {width: 128}}}", 76_568_148
    ),
  ]

  @Test(arguments: published.indices) func isAsLargeAsThePublishedModel(number: Int) throws {
    let (model, arguments, count) = Self.published[number]
    #expect(try plan(model, arguments).build(seed: 1).parameterCount == count)
  }

  /// What configs/architectures/…-tiny.yaml say.
  static let tiny: [(model: String, arguments: String)] = [
    (
      "models.TIC",
      """
      {channels: 16, expansion_channels: 24, encoder: {init_args: {depths: [1, 2, 2], heads: [2, 2, 4], window: 4}},
       decoder: {init_args: {depths: [1, 2, 2], heads: [2, 2, 4], window: 4}}, context_model: {init_args: {heads: 4}}}
      """
    ),
    (
      "models.STF",
      """
      {channels: 16, expansion_channels: 48, encoder: {init_args: {depths: [1, 1, 2, 1], heads: [1, 2, 4, 8]}},
       decoder: {init_args: {depths: [1, 1, 2, 1], heads: [1, 2, 4, 8]}},
       context_model: {init_args: {slices: 4, support: 2, widths: [32, 16]}}}
      """
    ),
    (
      "models.TCM",
      """
      {channels: 24, expansion_channels: 32, encoder: {init_args: {depths: [1, 2, 1], window: 4}},
       decoder: {init_args: {depths: [1, 2, 1], window: 4}}, context_model: {init_args: {slices: 2, widths: [32, 16],
       attention: {init_args: {width: 16, head_dim: 8, window: 4}}}}}
      """
    ),
  ]

  @Test(arguments: tiny.indices) func smallOnesCode(number: Int) throws {
    let built = try plan(Self.tiny[number].model, Self.tiny[number].arguments).build(seed: 3)
    let model = try #require(built as? any TransformCodingModel)
    #expect(model.sideMultiple == 64)
    try model.updateTables()
    // One window and a half of the hyper networks' in one direction.
    let pictures = try Tensor.uniform([2, 3, 64, 192], in: 0...1, seed: 5)
    let coded = try model.compress(pictures)
    #expect(coded.payloads.allSatisfy { $0.count == 2 && $0.allSatisfy { !$0.isEmpty } })
    try withoutGradients {
      let decoded = try model.decompress(coded)
      #expect(decoded.shape == pictures.shape)
      // The decoder finds what the encoder meant.
      let values = try model.forward(pictures, noise: nil).reconstruction.clamped(from: 0, to: 1)
      #expect(try (decoded - values).absolute().mean().item() < 1e-4)
      let latent = try Tensor.uniform([1, Self.channels(model), 4, 12], in: -4...4, seed: 6)
      let found = try model.decodedLatent(of: model.compress(latent: latent))
      // Half for rounding, and half for what the slices' networks add.
      #expect(try (found - latent).absolute().maximumElement().item() <= 1.0001)
    }
  }

  private static func channels(_ model: any TransformCodingModel) throws -> Int {
    try withoutGradients { try model.analyze(Tensor.zeros([1, 3, 64, 64])).shape[1] }
  }

  @Test(arguments: tiny.indices) func everyParameterIsTrained(number: Int) throws {
    let model = try plan(Self.tiny[number].model, Self.tiny[number].arguments).build(seed: 3)
    let pictures = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: 5)
    let output = try model.forward(pictures, noise: SampleNoise(seed: 1, step: 0, indices: [0]))
    let bits = try output.likelihoods.map { try -$0.tensor.logarithm().sum() }.reduce(Tensor.zeros([])) { try $0 + $1 }
    try (bits + (output.reconstruction - pictures).squared().sum()).backward()
    for (name, parameter) in model.mainParameters {
      #expect(try parameter.tensor.gradient()?.isFinite() == true, "\(name)")
    }
  }

  /// The transforms see any sides.
  @Test func patchesThatAreCutAreFilledUp() throws {
    let stages = SwinStages(depths: [1, 1, 1, 1], heads: [1, 1, 2, 2], window: 4, ratio: 2)
    try withoutGradients {
      let encoder = try STFEncoder(embedding: 4, stages: stages, seeds: SeedSequence(1))
      let latent = try encoder.forward(Tensor.uniform([1, 3, 35, 50], in: 0...1, seed: 2))
      #expect(latent.shape == [1, 32, 3, 4])
      let decoder = try STFDecoder(embedding: 4, stages: stages, seeds: SeedSequence(1))
      #expect(try decoder.forward(latent).shape == [1, 3, 48, 64])
    }
  }

  @Test(arguments: [
    ("models.TIC", "{encoder: {init_args: {heads: [4, 8, 15]}}}", "must divide the channels of their stages"),
    ("models.TIC", "{encoder: {init_args: {depths: [1, 2]}}}", "must be 3 numbers in 1 ... 32"),
    ("models.TIC", "{hyper_analysis: {init_args: {window: 1}}}", "must be in 2 ... 64"),
    ("models.TIC", "{hyper_analysis: {init_args: {mlp_ratio: 0}}}", "must be in 0.25 ... 16"),
    ("models.STF", "{expansion_channels: 100}", "must be a multiple of 8"),
    ("models.STF", "{context_model: {init_args: {widths: []}}}", "must be 1 to 8 numbers"),
    ("models.STF", "{context_model: {init_args: {kernel: 4}}}", "must be an odd number"),
    ("models.TCM", "{decoder: {init_args: {head_dim: [8, 16, 33]}}}", "must divide the width 64"),
    ("models.TCM", "{encoder: {init_args: {head_dim: [8]}}}", "must be 3 numbers in 1 ... 4096"),
    ("models.TCM", "{context_model: {init_args: {attention: {init_args: {head_dim: 7}}}}}", "must divide the width 128"),
    ("models.TCM", "{context_model: {init_args: {attention: {init_args: {channels: 12}}}}}", "but the block takes 12"),
    (
      "models.TCM", "{context_model: {init_args: {attention: {class_path: blocks.Swin, init_args: {heads: 3}}}}}",
      "must divide the 320 channels"
    ),
  ])
  func whatDoesNotFitIsTold(model: String, arguments: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { _ = try plan(model, arguments) }
    #expect("\(error)".contains(sentence), "\(error)")
  }
}
