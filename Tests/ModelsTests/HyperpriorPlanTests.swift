import Configuration
import Layers
import Models
import Registry
import Testing
import Torch
import Weights

/// The models with a hyperprior as a configuration puts them together.
@Suite(.serialized) struct HyperpriorPlanTests {
  private func plan(_ arguments: String, model: String = "models.MeanScaleHyperprior") throws -> ModelPlan {
    try FactorizedPriorPlanTests.plan(arguments, model: model)
  }

  private static func normalization(channels: Int, inverse: Bool) throws -> any Layer {
    try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
  }

  @Test(arguments: [
    "{channels: 4, expansion_channels: 6}",
    "{channels: 4, expansion_channels: 6, hyper_analysis: {init_args: {activation: torch.nn.LeakyReLU}}}",
    """
    {channels: 9, expansion_channels: 7, encoder: {init_args: {channels: 4, expansion_channels: 6}},
     decoder: {init_args: {channels: 4, expansion_channels: 6}}, hyper_analysis: {init_args: {channels: 4, expansion_channels: 6}},
     hyper_synthesis: {init_args: {channels: 4, expansion_channels: 6}},
     entropy_bottleneck: {class_path: prior.EntropyBottleneck, init_args: {channels: 4}}}
    """,
  ])
  func theModelsOfThePapers(arguments: String) throws {
    let names = ["models.MeanScaleHyperprior", "mbt2018-mean", "models.google_models.MeanScaleHyperprior"]
    let mean = try MeanScaleHyperprior(channels: 4, expansionChannels: 6, nonlinearity: Self.normalization, seeds: SeedSequence(3))
    for name in names {
      let model = try plan(arguments, model: name).build(seed: 3)
      #expect(model.sideMultiple == 64)
      #expect(try model.storedState() == mean.storedState())
      let pictures = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: 1)
      let (left, right) = try (model.forward(pictures, noise: nil), mean.forward(pictures, noise: nil))
      #expect(try left.reconstruction.detached().elements() == right.reconstruction.detached().elements())
    }
  }

  @Test(arguments: ["models.ScaleHyperprior", "bmshj2018-hyperprior", "models.google_models.ScaleHyperprior"])
  func theScaleHyperprior(name: String) throws {
    let model = try plan("{channels: 4, expansion_channels: 6}", model: name).build(seed: 3)
    let paper = try ScaleHyperprior(channels: 4, expansionChannels: 6, nonlinearity: Self.normalization, seeds: SeedSequence(3))
    #expect(try model.storedState() == paper.storedState())
    let pictures = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: 1)
    let (left, right) = try (model.likelihoods(of: pictures), paper.likelihoods(of: pictures))
    for (one, other) in zip(left, right) { #expect(try one.tensor.detached().elements() == other.tensor.detached().elements()) }
  }

  @Test(arguments: ["models.ScaleHyperprior", "models.MeanScaleHyperprior", "models.JointAutoregressiveHyperprior"])
  func theConditionalPriorTakesItsSettings(name: String) throws {
    let prior = "{class_path: prior.GaussianConditional, init_args: {scales_max: 64, scales_levels: 16}}"
    let model = try plan("{channels: 4, expansion_channels: 6, gaussian_conditional: \(prior)}", model: name).build(seed: 1)
    try model.updateTables()
    let state = try model.storedState()
    #expect(state["gaussian_conditional.scale_table"]?.shape == [16] && state["gaussian_conditional._cdf_length"]?.shape == [16])
    let pictures = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: 2)
    #expect(try model.decompress(model.compress(pictures)).shape == pictures.shape)
  }

  @Test func priorsHaveTheirPlaces() {
    for (key, name, sentence) in [
      ("gaussian_conditional", "prior.EntropyBottleneck", "'prior.EntropyBottleneck' is a prior, not a conditional prior"),
      ("entropy_bottleneck", "prior.GaussianConditional", "'prior.GaussianConditional' is a conditional prior, not a prior"),
    ] {
      let error = #expect(throws: ConfigurationError.self) { try plan("{\(key): \(name)}") }
      #expect(error.map { "\($0)".contains(sentence) } == true, "\(String(describing: error))")
    }
  }

  /// The numbers of CompressAI's zoo; its models of N = 128 and M = 192.
  @Test(arguments: [
    ("models.ScaleHyperprior", 5_075_843), ("models.MeanScaleHyperprior", 7_028_003), ("models.FactorizedPrior", 2_998_147),
  ])
  func countsOfParameters(name: String, count: Int) throws {
    #expect(try plan("{}", model: name).build(seed: 1).parameterCount == count)
  }

  @Test(arguments: ["models.ScaleHyperprior", "models.MeanScaleHyperprior"])
  func oneLineChangesTheNonlinearityOfTheTransformsAlone(name: String) throws {
    let small = "channels: 4, expansion_channels: 6"
    for (activation, parameters) in [("GSDN", 2 * 20), ("1DN", 20), ("torch.nn.GELU", 0), ("LeakyReLU", 0)] {
      let model = try plan("{\(small), activation: \(activation)}", model: name).build(seed: 1)
      let bare = try plan("{\(small), activation: Identity}", model: name).build(seed: 1)
      #expect(model.parameterCount - bare.parameterCount == 6 * parameters)
    }
    // In hyper networks it takes a line of its own, and the channels there differ.
    let hyper = try plan("{\(small), hyper_synthesis: {init_args: {activation: GDN}}}", model: name).build(seed: 1).storedState()
    #expect(hyper["h_s.1.gamma"] != nil && hyper["h_s.3.gamma"]?.shape == (name.contains("Mean") ? [9, 9] : [4, 4]))
  }

  @Test(arguments: [
    (
      "{hyper_analysis: {init_args: {expansion_channels: 320}}}",
      "the encoder gives 192 channels (model.init_args.expansion_channels) but the hyper analysis takes 320 "
        + "(model.init_args.hyper_analysis.init_args.expansion_channels)"
    ),
    (
      "{hyper_synthesis: {init_args: {expansion_channels: 320}}}",
      "the scales and means of the latent need 384 channels (model.init_args.expansion_channels) but the hyper synthesis gives 640 "
        + "(model.init_args.hyper_synthesis.init_args.expansion_channels)"
    ),
    (
      "{hyper_synthesis: networks.HyperSynthesisScale}",
      "the scales and means of the latent need 384 channels (model.init_args.expansion_channels) but the hyper synthesis gives 192 "
        + "(model.init_args.expansion_channels)"
    ),
    (
      "{hyper_synthesis: {init_args: {channels: 64}}}",
      "the hyper analysis gives 128 channels (model.init_args.channels) but the hyper synthesis takes 64 "
        + "(model.init_args.hyper_synthesis.init_args.channels)"
    ),
    (
      "{entropy_bottleneck: {class_path: EntropyBottleneck, init_args: {channels: 5}}}",
      "the hyper analysis gives 128 channels (model.init_args.channels) but the entropy bottleneck takes 5 "
        + "(model.init_args.entropy_bottleneck.init_args.channels)"
    ),
    (
      "{hyper_synthesis: {init_args: {activation: {class_path: GDN, init_args: {channels: 192}}}}}",
      "the convolutions give 288 channels (model.init_args.expansion_channels) but the activation takes 192 "
        + "(model.init_args.hyper_synthesis.init_args.activation.init_args.channels)"
    ),
    ("{hyper_analysis: networks.HyperSynthesisScale}", "model: the hyper analysis enlarges latents; name a hyper analysis there"),
    ("{hyper_synthesis: networks.HyperAnalysis}", "model: the hyper synthesis reduces its input; name a hyper synthesis there"),
    (
      "{hyper_analysis: networks.FactorizedPriorEncoder}",
      "the hyper analysis divides the sides of latents by 16 but the hyper synthesis multiplies them by 4"
    ),
    ("{encoder: networks.HyperAnalysis}", "the encoder divides the sides of pictures by 4 but the decoder multiplies them by 16"),
    ("{decoder: {init_args: {expansion_channels: 320}}}", "the encoder gives 192 channels (model.init_args.expansion_channels)"),
    ("{channels: 0}", "channels: must be in 1 ... 4096, found 0"),
  ])
  func partsThatDoNotFit(arguments: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try plan(arguments) }
    #expect(error.problems.count == 1 && "\(error)".contains(sentence), "\(error)")
  }

  @Test func allNetworksAreLookedAt() throws {
    let activation = "{init_args: {activation: {class_path: GDN, init_args: {channels: 9}}}}"
    let parts = ["encoder", "decoder", "hyper_analysis", "hyper_synthesis"]
    let error = try #require(throws: ConfigurationError.self) {
      try plan("{\(parts.map { "\($0): \(activation)" }.joined(separator: ", "))}")
    }
    #expect(error.problems.count == 4, "\(error)")
  }
}
