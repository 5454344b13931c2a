import Configuration
import LatentModels
import Models
import Registry
import Testing
import Torch

/// Two encoders beside each other in a model of two latents.
@Suite(.serialized) struct DualBranchTests {
  private func plan(_ settings: String = "") throws -> ModelPlan {
    try FactorizedPriorPlanTests.plan(
      "{channels: 6, expansion_channels: 10, context_model: {class_path: context.ChannelWise, init_args: {slices: 2}}"
        + "\(settings.isEmpty ? "" : ", \(settings)")}", model: "models.DualBranch")
  }

  private static func networks(_ arguments: String) -> String {
    "encoder: {class_path: networks.DualBranchEncoder, init_args: {\(arguments)}}, "
      + "decoder: {class_path: networks.DualBranchDecoder, init_args: {\(arguments)}}"
  }

  /// The sides of the packed latent are those of the lower one, and what is decoded is what was rounded.
  @Test(arguments: [("", 32, 5), ("ratio: 0.2", 32, 2), (networks("factor: 4"), 64, 5), ("conditional: false", 32, 5)])
  func latentsAreCoded(settings: String, stride: Int, low: Int) throws {
    let model = try #require(try plan(settings).build(seed: 3) as? any TransformCodingModel)
    try model.updateTables()
    let factor = stride / 16
    try withoutGradients {
      let side = model.sideMultiple
      let latent = try model.analyze(Tensor.uniform([1, 3, side, 2 * side], in: 0...1, seed: 2))
      #expect(latent.shape == [1, low + factor * factor * (10 - low), side / stride, 2 * side / stride])
      let own = try Tensor.uniform(latent.shape, in: -4...4, seed: 4)
      let decoded = try model.decodedLatent(of: model.compress(latent: own))
      // The context model adds up to a half of what it predicts that rounding took away.
      #expect(try (decoded - own).absolute().maximumElement().item() <= 1.0001)
      #expect(try model.synthesize(decoded).shape == [1, 3, side, 2 * side])
    }
  }

  /// The lower latent is coded otherwise where it is given the higher one.
  @Test func theConditionCounts() throws {
    let model = try #require(try plan().build(seed: 3) as? any TransformCodingModel)
    try model.updateTables()
    try withoutGradients {
      let latent = try Tensor.uniform([1, 5 + 4 * 5, 4, 4], in: -4...4, seed: 4)
      let other = try latent.copy()
      try other.narrowed(1, from: 5, length: 20).scale(by: -1)
      let (one, two) = (try model.likelihoods(ofLatent: latent), try model.likelihoods(ofLatent: other))
      let (first, second) = (try #require(one.last).tensor, try #require(two.last).tensor)
      #expect(try first.narrowed(1, from: 0, length: 5).elements() != second.narrowed(1, from: 0, length: 5).elements())
    }
  }

  @Test(arguments: [
    (networks("factor: 3"), "must be 2, 4 or 8"),
    ("encoder: {class_path: networks.DualBranchEncoder, init_args: {factor: 4}}", "the first of 4 times the sides"),
    (
      "encoder: {class_path: networks.DualBranchEncoder, init_args: {low: {class_path: networks.FactorizedPriorEncoder, init_args: "
        + "{expansion_channels: 7}}}}", "gives 7 channels"
    ),
    ("encoder: {class_path: networks.DualBranchEncoder, init_args: {high: networks.OctaveEncoder}}", "gives"),
    ("decoder: {class_path: networks.DualBranchDecoder, init_args: {decoder: networks.HyperSynthesisScale}}", "takes 6 channels"),
  ])
  func whatDoesNotFit(settings: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try plan(settings) }
    #expect("\(error)".contains(sentence), "\(error)")
  }
}
