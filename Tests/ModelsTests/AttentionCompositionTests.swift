import Configuration
import LatentModels
import Models
import Registry
import Testing
import Torch
import Weights

/// Context models with attention and further side information, as a configuration names them, in composed models that code to bytes.
@Suite(.serialized) struct AttentionCompositionTests {
  private static let contexts = [
    "context.NoContext", "{class_path: context.Zigzag, init_args: {blocks: 4, features: 4, layers: 2}}",
    "{class_path: context.TopKAttention, init_args: {width: 8, heads: 2, depth: 1, top_k: 5}}",
    "{class_path: context.CausalAttention, init_args: {heads: 4}}", "context.GlobalReference",
    "{class_path: context.CheckerboardAttention, init_args: {slices: 2, heads: 2}}",
    "{class_path: context.MultiReference, init_args: {slices: 2, heads: 2, residual_prediction: false}}",
  ]
  private static let sides = [
    "side_information.CoarseToFine", "{class_path: side_information.GlobalLocal, init_args: {tokens: 3, heads: 2}}",
    "{class_path: side_information.Hyperprior, init_args: {hyper_analysis: networks.NonLocalHyperAnalysis, hyper_synthesis: "
      + "networks.NonLocalHyperSynthesis}}",
  ]

  private func model(context: String, side: String, channels: String = "channels: 4, expansion_channels: 8") throws -> any CompressionModel
  {
    try FactorizedPriorPlanTests.plan(
      "{\(channels), context_model: \(context), side_information: \(side)}", model: "models.Composed"
    ).build(seed: 3)
  }

  @Test(arguments: contexts, sides) func everyPairCodes(context: String, side: String) throws {
    let model = try #require(try model(context: context, side: side) as? any TransformCodingModel)
    try model.updateTables()
    // An odd number of squares in one direction, and more than a window in both.
    let latent = try Tensor.uniform([2, 8, 8, 12], in: -4...4, seed: 5)
    try withoutGradients {
      let coded = try model.compress(latent: latent)
      let decoded = try model.decodedLatent(of: coded)
      #expect(try (decoded - latent).absolute().maximumElement().item() <= 0.5001)
      let again = try model.compress(latent: latent.narrowed(0, from: 1, length: 1))
      #expect(again.payloads == coded.payloads.map { [$0[1]] })
    }
  }

  @Test(arguments: [
    ("{class_path: context.Zigzag, init_args: {blocks: 3}}", "give blocks a divisor"),
    ("{class_path: context.Zigzag, init_args: {layers: 0}}", "must be in 1 ... 16"),
    ("{class_path: context.CausalAttention, init_args: {heads: 3}}", "give heads a divisor"),
    ("{class_path: context.CausalAttention, init_args: {window: 4}}", "must be an odd number"),
    ("{class_path: context.CheckerboardAttention, init_args: {slices: 3}}", "give slices a divisor"),
    ("{class_path: context.CheckerboardAttention, init_args: {slices: 2, heads: 3}}", "give heads a divisor"),
    ("{class_path: context.MultiReference, init_args: {slices: 3}}", "give slices a divisor"),
    ("{class_path: context.MultiReference, init_args: {slices: 2, heads: 3}}", "give heads a divisor"),
    ("{class_path: context.TopKAttention, init_args: {heads: 5}}", "must divide the width"),
    ("{class_path: context.TopKAttention, init_args: {positions: 4}}", "must be an odd number"),
    ("{class_path: context.GlobalReference, init_args: {window: 7}}", "must be at most the kernel's"),
  ])
  func contextsThatDoNotFit(context: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try model(context: context, side: "side_information.Hyperprior") }
    #expect("\(error)".contains(sentence), "\(error)")
  }

  @Test(arguments: [
    ("side_information.CoarseToFine", "needs a multiple of 4"),
    ("{class_path: side_information.CoarseToFine, init_args: {fine_channels: 6}}", "must be a multiple of 4"),
    ("{class_path: side_information.GlobalLocal, init_args: {heads: 2}}", "must divide the 5 channels"),
    ("{class_path: side_information.GlobalLocal, init_args: {tokens: 0}}", "must be in 1 ... 256"),
  ])
  func sidesThatDoNotFit(side: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try model(context: "context.NoContext", side: side, channels: "channels: 5, expansion_channels: 8")
    }
    #expect("\(error)".contains(sentence), "\(error)")
  }
}
