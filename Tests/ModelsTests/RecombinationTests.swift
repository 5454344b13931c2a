import Configuration
import Layers
import Models
import Registry
import Testing
import Torch

/// Blocks in the places of other networks, as a configuration names them.
@Suite(.serialized) struct RecombinationTests {
  private func model(
    encoder: String, of name: String = "models.FactorizedPrior", channels: String = "channels: 4, expansion_channels: 6"
  ) throws
    -> any CompressionModel
  {
    try FactorizedPriorPlanTests.plan("{\(channels), encoder: {class_path: networks.Recombined, init_args: \(encoder)}}", model: name)
      .build(seed: 3)
  }

  private static func node(_ yaml: String) throws -> Node { try Node(yaml: yaml, mark: .defaults) }

  private func names(_ model: any CompressionModel) -> [String] {
    model.namedParameters().map(\.name).filter { $0.hasPrefix("g_a.") }.map { $0.split(separator: ".").prefix(2).joined(separator: ".") }
  }

  /// The roles and channels that the plans of all staged networks tell are those of what they build.
  @Test(arguments: [
    ("networks.FactorizedPriorEncoder", 3, 64), ("networks.FactorizedPriorDecoder", 6, 4), ("networks.Cheng2020AnchorEncoder", 3, 64),
    ("networks.Cheng2020AnchorDecoder", 4, 4), ("networks.Cheng2020AttentionEncoder", 3, 64), ("networks.Cheng2020AttentionDecoder", 4, 4),
    ("networks.ELICEncoder", 3, 64), ("networks.ELICDecoder", 6, 4),
  ])
  func stagesAreWhatIsBuilt(name: String, channels: Int, side: Int) throws {
    let plan = try FactorizedPriorPlanTests.catalogue().build(
      Component<NetworkKind>(name), as: NetworkPlan.self,
      suggesting: [
        "channels": Node(.int(4)), "expansion_channels": Node(.int(6)), "activation": Component<NonlinearityKind>("nonlinearity.GDN").node,
      ])
    let stages = try #require(plan.stages)
    let network = try #require(try plan.build(seeds: SeedSequence(1)) as? any StagedNetwork)
    #expect(network.stages.count == stages.count)
    var value = try Tensor.zeros([1, channels, side, side])
    for (layer, stage) in zip(network.stages, stages) {
      let before = value.shape
      value = try layer.forward(value)
      #expect(value.shape[1] == stage.channels.value)
      switch stage.role {
      case .resampling: #expect(before != value.shape || !(layer is any Nonlinearity || layer is ResidualBlock || layer is AttentionBlock))
      case .nonlinearity: #expect(layer is any Nonlinearity && before == value.shape)
      case .residual: #expect((layer is ResidualBlock || layer is ResidualBottleneckBlock) && before == value.shape)
      case .attention: #expect(layer is AttentionBlock && before == value.shape)
      }
    }
  }

  @Test func aRecombinationOfNothingIsTheBase() throws {
    let plain = try FactorizedPriorPlanTests.plan("{channels: 4, expansion_channels: 6}").build(seed: 3)
    #expect(try model(encoder: "{}").storedState() == plain.storedState())
  }

  /// What stays has the names and, being drawn first, the weights that it has in the base.
  @Test func insertedBlocksLeaveTheOthers() throws {
    let plain = try FactorizedPriorPlanTests.plan("{channels: 4, expansion_channels: 6}").build(seed: 3)
    let found = try model(encoder: "{insert: blocks.ResidualBlock, after: [-1, 3, 6]}")
    #expect(Set(names(found)).subtracting(names(plain)) == ["g_a.before", "g_a.3_after", "g_a.6_after"])
    let weights = { (model: any CompressionModel, name: String) in
      try #require(model.namedParameters().first { $0.name == name }).parameter.tensor.detached().elements()
    }
    for name in ["g_a.0.weight", "g_a.6.bias"] { #expect(try weights(found, name) == weights(plain, name)) }
    #expect(try weights(found, "g_a.6_after.conv1.weight").count == 6 * 6 * 9)
    #expect(try weights(found, "g_a.before.conv1.weight").count == 3 * 3 * 9)
    #expect(try weights(found, "g_a.3_after.conv1.weight").count == 4 * 4 * 9)
  }

  @Test func nonlinearitiesAreReplacedByBlocks() throws {
    let found = try model(encoder: "{nonlinearity: blocks.ResidualBottleneck, only: [1, 5]}")
    let names = found.namedParameters().map(\.name)
    #expect(names.contains("g_a.1.conv1.weight") && names.contains("g_a.5.conv3.bias") && names.contains("g_a.3.beta"))
    #expect(!names.contains("g_a.1.beta") && !names.contains("g_a.5.beta"))
  }

  /// A non-linearity in place of residual blocks, the inverse in a decoder.
  @Test func residualBlocksAreReplacedByNonlinearities() throws {
    let block = "{class_path: blocks.Nonlinearity, init_args: {activation: nonlinearity.GDN}}"
    func network(_ base: String) throws -> any StagedNetwork {
      let settings =
        "{base: \(base), residual: \(block), attention: {class_path: blocks.Sequence, init_args: {blocks: [blocks.ResidualBlock, \(block)]}}}"
      let plan = try FactorizedPriorPlanTests.catalogue().build(
        Component<NetworkKind>("networks.Recombined", try Self.node(settings)), as: NetworkPlan.self,
        suggesting: ["channels": Node(.int(4)), "activation": Component<NonlinearityKind>("nonlinearity.GDN").node])
      return try #require(try plan.build(seeds: SeedSequence(1)) as? any StagedNetwork)
    }
    for (base, isInverse, input) in [
      ("networks.Cheng2020AttentionEncoder", false, [1, 3, 64, 32]), ("networks.Cheng2020AttentionDecoder", true, [1, 4, 4, 2]),
    ] {
      let found = try network(base)
      let normalizations = found.stages.compactMap { $0 as? GeneralizedDivisiveNormalization }
      #expect(normalizations.count >= 3)
      // With β = 1 the normalization makes large numbers smaller, and its inverse makes them larger.
      let large = try normalizations[0].forward(Tensor.full([1, 4, 1, 1], 20)).elements(Float.self)[0]
      #expect(isInverse ? large > 20 : large < 20)
      #expect(try found.forward(Tensor.uniform(input, in: 0...1, seed: 1)).shape == (isInverse ? [1, 3, 64, 32] : [1, 4, 4, 2]))
    }
  }

  @Test func adaptersAreAskedFor() throws {
    let block = "{class_path: blocks.ResidualBlock, init_args: {channels: 10}}"
    let error = try #require(throws: ConfigurationError.self) { try model(encoder: "{nonlinearity: \(block)}") }
    #expect("\(error)".contains("has 4 channels") && "\(error)".contains("takes 10") && "\(error)".contains("blocks.Adapted"), "\(error)")
    #expect(error.problems.count == 1)
    let adapted = "{class_path: blocks.Adapted, init_args: {inner_channels: 10, block: \(block)}}"
    let found = try model(encoder: "{nonlinearity: \(adapted), only: [3]}")
    let shapes = found.namedParameters().filter { $0.name.hasPrefix("g_a.3.") }.map(\.parameter.tensor.shape)
    #expect(shapes.first == [10, 4, 1, 1] && shapes.contains([10, 10, 3, 3]) && shapes.contains([4, 10, 1, 1]))
  }

  /// Insertions of two kinds, one around the other; numbers are those of the inner one's stages.
  @Test func recombinationsNest() throws {
    let inner = "{class_path: networks.Recombined, init_args: {insert: blocks.Attention, after: [0]}}"
    let found = try model(encoder: "{base: \(inner), nonlinearity: blocks.ResidualBlock, only: [2]}")
    #expect(names(found).contains("g_a.0_after") && found.namedParameters().contains { $0.name == "g_a.1.conv1.weight" })
  }

  @Test(arguments: [
    ("{residual: blocks.Attention}", "there is no such stage to replace"),
    ("{nonlinearity: blocks.ResidualBlock, only: [0]}", "there is no such stage to replace"),
    ("{insert: blocks.ResidualBlock, after: [7]}", "the base has the stages 0 to 6"),
    ("{insert: blocks.ResidualBlock}", "says no stage behind which"), ("{after: [1]}", "insert names no block"),
    ("{base: networks.HyperAnalysis, nonlinearity: blocks.ResidualBlock}", "does not tell its stages"),
    ("{nonlinearity: {class_path: blocks.Sequence, init_args: {blocks: []}}}", "must have 1 to 64 blocks"),
    (
      "{nonlinearity: {class_path: blocks.Sequence, init_args: {blocks: [{class_path: blocks.ResidualBlock, init_args: {channels: 9}}]}}}",
      "takes 9"
    ),
    (
      "{nonlinearity: {class_path: blocks.Adapted, init_args: {inner_channels: 9, block: {class_path: blocks.ResidualBlock, init_args: {channels: 4}}}}}",
      "the adapter has inside 9 channels"
    ),
  ])
  func whatDoesNotFit(encoder: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try model(encoder: encoder) }
    #expect("\(error)".contains(sentence), "\(error)")
  }

  @Test func recombinedModelsCode() throws {
    let model = try #require(
      try model(encoder: "{insert: blocks.NonLocalAttention, after: [5]}", of: "models.MeanScaleHyperprior") as? any TransformCodingModel)
    try model.updateTables()
    try withoutGradients {
      let latent = try model.analysis.forward(Tensor.uniform([1, 3, 64, 128], in: 0...1, seed: 5)) * 30
      let coded = try model.compress(latent: latent)
      #expect(try (model.decodedLatent(of: coded) - latent).absolute().maximumElement().item() <= 0.5001)
    }
  }
}
