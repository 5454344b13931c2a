import Configuration
import Layers
import Registry
import Testing
import Torch

/// The blocks of attention within windows as a configuration names them.
struct WindowBlockEntriesTests {
  private func block(_ name: String, _ arguments: Node = .map([]), channels: Int = 24) throws -> any Layer {
    let plan = try Catalogue(LayerEntries.all + BlockEntries.all)
      .build(Component<BlockKind>(name, arguments), as: BlockPlan.self, suggesting: ["channels": Node(.int(channels))])
    return try plan.build(seeds: SeedSequence(1))
  }

  @Test(arguments: ["Swin", "ResidualSwin", "WindowAttention", "TransformerCNNMixture", "SwinAttention"], [2, 24, 128])
  func placesGiveTheChannels(name: String, channels: Int) throws {
    let input = try Tensor.uniform([1, channels, 5, 6], in: -1...1, seed: 1)
    #expect(try withoutGradients { try block("blocks.\(name)", channels: channels).forward(input) }.shape == input.shape)
  }

  /// Heads of 16 numbers or more unless they are written.
  @Test func headsAreChosen() throws {
    func heads(_ arguments: Node, channels: Int) throws -> Int? {
      try block("blocks.Swin", arguments, channels: channels).namedParameters()
        .first { $0.name.hasSuffix("relative_position_bias_table") }?.parameter.tensor.shape[1]
    }
    #expect(try heads(.map([]), channels: 128) == 8)
    #expect(try heads(.map([]), channels: 90) == 5)
    #expect(try heads(.map([]), channels: 7) == 1)
    #expect(try heads(["heads": 4], channels: 128) == 4)
    #expect(try heads(["head_dim": 4], channels: 128) == 32)
  }

  @Test(
    arguments: [
      ("Swin", ["heads": 5], "must divide the 24 channels"), ("Swin", ["head_dim": 7], "must divide the 24 channels"),
      ("Swin", ["heads": 2, "head_dim": 12], "says what heads says"), ("ResidualSwin", ["depth": 0], "must be in 1 ... 32"),
      ("Swin", ["window": 1], "must be in 2 ... 64"), ("WindowAttention", ["window": 4, "shift": 4], "less than the window 4"),
      ("TransformerCNNMixture", ["channels": 23], "must be even"), ("TransformerCNNMixture", ["heads": 8], "must divide the 12 channels"),
      ("SwinAttention", ["head_dim": 3], "must divide the width"), ("Swin", ["mlp_ratio": 0], "must be in 0.25 ... 16"),
    ] as [(String, Node, String)])
  func whatDoesNotFitIsTold(name: String, arguments: Node, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { _ = try block("blocks.\(name)", arguments) }
    #expect("\(error)".contains(sentence), "\(error)")
  }
}
