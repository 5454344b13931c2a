import Configuration
import Layers
import Models
import Registry
import Testing
import Torch
import Weights

/// The models with a context model as a configuration puts them together.
@Suite(.serialized) struct AutoregressivePlanTests {
  private func plan(_ arguments: String, model: String) throws -> ModelPlan {
    try FactorizedPriorPlanTests.plan(arguments, model: model)
  }

  private static func normalization(channels: Int, inverse: Bool) throws -> any Layer {
    try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
  }

  private static func paper(_ name: String) throws -> any AutoregressiveModel {
    let seeds = SeedSequence(3)
    return switch name {
    case "models.Cheng2020Anchor", "cheng2020-anchor": try Cheng2020Anchor(channels: 6, nonlinearity: normalization, seeds: seeds)
    case "models.Cheng2020Attention", "cheng2020-attn": try Cheng2020Attention(channels: 6, nonlinearity: normalization, seeds: seeds)
    default: try JointAutoregressiveHyperprior(channels: 4, expansionChannels: 6, nonlinearity: normalization, seeds: seeds)
    }
  }

  @Test(arguments: [
    ("models.JointAutoregressiveHyperprior", "{channels: 4, expansion_channels: 6}"),
    ("models.google_models.JointAutoregressiveHierarchicalPriors", "{channels: 4, expansion_channels: 6}"),
    ("mbt2018", "{channels: 4, expansion_channels: 6}"), ("models.Cheng2020Anchor", "{channels: 6}"),
    ("cheng2020-anchor", "{channels: 6}"), ("models.Cheng2020Attention", "{channels: 6}"), ("cheng2020-attn", "{channels: 6}"),
    ("cheng2020-attn", "{channels: 6, encoder: {init_args: {channels: 6, activation: GDN}}, hyper_analysis: {init_args: {channels: 6}}}"),
  ])
  func theModelsOfThePapers(name: String, arguments: String) throws {
    let model = try plan(arguments, model: name).build(seed: 3)
    let paper = try Self.paper(name)
    #expect(model.sideMultiple == 64)
    #expect(try model.storedState() == paper.storedState())
    let pictures = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: 1)
    let (left, right) = try withoutGradients { try (model.forward(pictures, noise: nil), paper.forward(pictures, noise: nil)) }
    #expect(try left.reconstruction.elements() == right.reconstruction.elements())
  }

  /// The numbers of CompressAI's zoo.
  @Test(arguments: [
    ("models.JointAutoregressiveHyperprior", "{}", 14_130_467),
    ("models.JointAutoregressiveHyperprior", "{expansion_channels: 320}", 25_504_596),
    ("models.Cheng2020Anchor", "{channels: 128}", 11_833_149), ("models.Cheng2020Anchor", "{}", 26_598_956),
    ("models.Cheng2020Attention", "{channels: 128}", 13_183_293), ("models.Cheng2020Attention", "{}", 29_631_788),
  ])
  func countsOfParameters(name: String, arguments: String, count: Int) throws {
    #expect(try plan(arguments, model: name).build(seed: 1).parameterCount == count)
  }

  /// The transforms of one paper with the entropy model of the other.
  @Test func transformsCanBeExchanged() throws {
    let arguments = "{channels: 6, encoder: networks.FactorizedPriorEncoder, decoder: networks.FactorizedPriorDecoder}"
    let model = try plan(arguments, model: "models.Cheng2020Anchor").build(seed: 1)
    let pictures = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: 1)
    #expect(try withoutGradients { try model.forward(pictures, noise: nil).reconstruction.shape } == [1, 3, 64, 64])
  }

  @Test(arguments: [
    (
      "{hyper_synthesis: networks.HyperSynthesisScale}",
      "the predictions of the latent need 384 channels (model.init_args.expansion_channels) but the hyper synthesis gives 192 "
        + "(model.init_args.expansion_channels)"
    ),
    (
      "{encoder: networks.Cheng2020AnchorEncoder, channels: 128}",
      "the encoder gives 128 channels (model.init_args.channels) but the decoder takes 192 (model.init_args.expansion_channels)"
    ),
  ])
  func whatDoesNotFitIsSaid(arguments: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { _ = try plan(arguments, model: "models.JointAutoregressiveHyperprior") }
    #expect("\(error)".contains(sentence), "\(error)")
  }
}
