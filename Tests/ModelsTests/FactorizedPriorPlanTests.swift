import Configuration
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch
import Weights

/// The factorized prior as a configuration puts it together; nothing here but `build(seed:)` makes a tensor.
@Suite(.serialized) struct FactorizedPriorPlanTests {
  static let loss = Entry(LossKind.self, "loss.RateDistortion", summary: "None.", settings: NoSettings.self) { _, _ in 0 }

  static func catalogue() throws -> Catalogue {
    try Catalogue(LayerEntries.all + BlockEntries.all + LatentModelEntries.all + ModelEntries.all + [loss])
  }

  static func plan(_ arguments: String, model: String = "models.FactorizedPrior") throws -> ModelPlan {
    let catalogue = try catalogue()
    let settings = try ConfigurationFile.parse("model:\n  class_path: \(model)\n  init_args: \(arguments)\n", source: "a.yaml")
    let run = try SettingsDecoder.decode(Run.self, from: settings, components: catalogue)
    return try catalogue.build(run.model)
  }

  struct Run: Settings {
    var model = Component<ModelKind>("models.FactorizedPrior")
  }

  /// All ways to say N = 4 and M = 6 with GDN.
  @Test(arguments: [
    "{channels: 4, expansion_channels: 6}",
    "{channels: 4, expansion_channels: 6, activation: nonlinearity.GDN, entropy_bottleneck: prior.EntropyBottleneck}",
    "{channels: 4, expansion_channels: 6, activation: {class_path: GDN, init_args: {channels: 4}}}",
    """
    {expansion_channels: 6, activation: nonlinearity.ReLU,
     encoder: {class_path: google_encoder_decoder.FactorizedPriorEncoder,
       init_args: {activation: {class_path: GDN, init_args: {channels: 4, inverse: False}}, channels: 4, expansion_channels: 6}},
     decoder: {class_path: google_encoder_decoder.FactorizedPriorDecoder,
       init_args: {activation: {class_path: GDN, init_args: {channels: 4, inverse: True}}, channels: 4, expansion_channels: 6}}}
    """,
    """
    {channels: 4, encoder: {init_args: {expansion_channels: 6}}, decoder: {init_args: {expansion_channels: 6}},
     entropy_bottleneck: {class_path: compressai.entropy_models.EntropyBottleneck, init_args: {channels: 6}}}
    """,
  ])
  func theSameModel(arguments: String) throws {
    let model = try Self.plan(arguments).build(seed: 3)
    let reference = try FactorizedPrior(
      channels: 4, expansionChannels: 6, nonlinearity: { try GeneralizedDivisiveNormalization(channels: $0, inverse: $1) },
      seeds: SeedSequence(3))
    #expect(model.sideMultiple == 16)
    #expect(try model.storedState() == reference.storedState())
    // The direction of the normalization is in no tensor.
    let pictures = try Tensor.uniform([1, 3, 32, 32], in: 0...1, seed: 1)
    let (left, right) = try (model.forward(pictures, noise: nil), reference.forward(pictures, noise: nil))
    #expect(try left.reconstruction.detached().elements() == right.reconstruction.detached().elements())
  }

  @Test func rectifiedLinearUnits() throws {
    let arguments = "{channels: 4, expansion_channels: 6}"
    let model = try Self.plan(arguments, model: "models.FactorizedPriorReLU").build(seed: 3)
    let other = try Self.plan("{channels: 4, expansion_channels: 6, activation: nonlinearity.ReLU}").build(seed: 3)
    #expect(try model.storedState() == other.storedState())
    #expect(!(try model.storedState()).names.contains { $0.hasSuffix("gamma") })
  }

  @Test func networksMayDifferInsideThemselves() throws {
    let model = try Self.plan(
      "{expansion_channels: 6, encoder: {init_args: {channels: 4}}, decoder: {init_args: {channels: 5, activation: nonlinearity.ReLU}}}"
    ).build(seed: 1)
    let state = try model.storedState()
    #expect(state["g_a.0.weight"]?.shape == [4, 3, 5, 5] && state["g_s.0.weight"]?.shape == [6, 5, 5, 5])
    #expect(state["g_a.1.gamma"] != nil && state["g_s.1.gamma"] == nil)
  }

  @Test func theEntropyBottleneckTakesItsSettings() throws {
    let model = try Self.plan(
      "{channels: 4, expansion_channels: 6, entropy_bottleneck: {class_path: prior.EntropyBottleneck, init_args: {filters: [2, 5], init_scale: 4}}}"
    ).build(seed: 1)
    let state = try model.storedState()
    #expect(state["entropy_bottleneck.matrices.1"]?.shape == [6, 5, 2])
    #expect(state["entropy_bottleneck.matrices.3"] == nil)
    #expect(try Tensor(#require(state["entropy_bottleneck.quantiles"])).elements().prefix(3) == [-4, 0, 4])
  }

  @Test(arguments: [
    (
      "{encoder: {init_args: {expansion_channels: 192}}, decoder: {init_args: {expansion_channels: 320}}}",
      "a.yaml:3:106: model.init_args.decoder.init_args.expansion_channels: "
        + "the encoder gives 192 channels (model.init_args.encoder.init_args.expansion_channels) but the decoder takes 320 "
        + "(model.init_args.decoder.init_args.expansion_channels)"
    ),
    (
      "{decoder: {init_args: {expansion_channels: 320}}}",
      "the encoder gives 192 channels (model.init_args.expansion_channels) but the decoder takes 320 "
        + "(model.init_args.decoder.init_args.expansion_channels)"
    ),
    (
      "{encoder: {init_args: {expansion_channels: 320}}, decoder: {init_args: {expansion_channels: 320}}}",
      "the encoder gives 320 channels (model.init_args.encoder.init_args.expansion_channels) but the entropy bottleneck takes 192 "
        + "(model.init_args.expansion_channels)"
    ),
    (
      "{entropy_bottleneck: {class_path: EntropyBottleneck, init_args: {channels: 5}}}",
      "the encoder gives 192 channels (model.init_args.expansion_channels) but the entropy bottleneck takes 5 "
        + "(model.init_args.entropy_bottleneck.init_args.channels)"
    ),
    (
      "{encoder: {init_args: {channels: 192, activation: {class_path: GDN, init_args: {channels: 128}}}}}",
      "a.yaml:3:104: model.init_args.encoder.init_args.activation.init_args.channels: the convolutions give 192 channels "
        + "(model.init_args.encoder.init_args.channels) but the activation takes 128 "
        + "(model.init_args.encoder.init_args.activation.init_args.channels)"
    ),
    (
      "{channels: 64, decoder: {init_args: {activation: {class_path: GDN, init_args: {channels: 128}}}}}",
      "the convolutions give 64 channels (model.init_args.channels) but the activation takes 128 "
        + "(model.init_args.decoder.init_args.activation.init_args.channels)"
    ),
    (
      "{channels: 64, activation: {class_path: GDN, init_args: {channels: 128}}}",
      "the convolutions give 64 channels (model.init_args.channels) but the activation takes 128 (model.init_args.activation.init_args.channels)"
    ),
    (
      "{encoder: networks.FactorizedPriorDecoder}", "model: the encoder enlarges pictures; name an encoder there"
    ),
    (
      "{decoder: networks.FactorizedPriorEncoder}", "model: the decoder reduces its input; name a decoder there"
    ),
  ])
  func partsThatDoNotFit(arguments: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Self.plan(arguments) }
    #expect(error.problems.count == 1 && "\(error)".contains(sentence), "\(error)")
  }

  @Test func bothNetworksAreLookedAt() throws {
    let activation = "{init_args: {activation: {class_path: GDN, init_args: {channels: 9}}}}"
    let error = try #require(throws: ConfigurationError.self) { try Self.plan("{encoder: \(activation), decoder: \(activation)}") }
    #expect(error.problems.map { $0.path.contains("encoder") } == [true, false], "\(error)")
  }

  @Test func aNetworkAloneNeedsItsNumbers() throws {
    let catalogue = try Catalogue(LayerEntries.all + ModelEntries.all + [Self.loss])
    let error = try #require(throws: ConfigurationError.self) {
      try catalogue.build(Component<NetworkKind>("networks.FactorizedPriorEncoder"), as: NetworkPlan.self)
    }
    #expect("\(error)".contains("channels: is not known here, expected an integer"), "\(error)")
  }

  /// A network of a user's own that halves the sides three times.
  @Test func networksOfOthersAreCheckedToo() throws {
    let mine = Entry(NetworkKind.self, "networks.Mine", summary: "None.", settings: NoSettings.self) { _, _ in
      NetworkPlan(input: StatedNumber(3), output: StatedNumber(7), scale: .reduces(8)) { _ in Sequential([]) }
    }
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + [Self.loss, mine])
    let model = Component<ModelKind>("models.FactorizedPrior", ["encoder": "networks.Mine"])
    let error = try #require(throws: ConfigurationError.self) { try catalogue.build(model, as: ModelPlan.self) }
    #expect("\(error)".contains("the encoder divides the sides of pictures by 8 but the decoder multiplies them by 16"), "\(error)")
  }
}
