public import Configuration
public import Registry
import Torch

extension BlockEntries {
  /// Blocks that are made of other components.
  static let combinations: [Entry] = [
    Entry(
      BlockKind.self, "blocks.Nonlinearity", summary: "A non-linearity in the place of a block.",
      outside: "it is the non-linearity that it names", settings: NonlinearityBlockSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      let (activation, isInverse) = (settings.activation, settings.inverse ?? false)
      @Sendable func make() throws(ConfigurationError) -> any Layer {
        try context.build(activation, suggesting: ["channels": Node(.int(channels.value)), "inverse": Node(.bool(isInverse))])
      }
      if let own = activation.arguments["channels"], case .int(let count) = own.value, count != channels.value {
        throw ConfigurationError(
          mark: own.mark, path: KeySpelling.path(context.path(of: "activation"), "init_args.channels"),
          "the block has \(channels.value) channels\(channels.origin) but the non-linearity takes \(count)")
      }
      return BlockPlan(channels: channels) { _ in try make() }
    },
    Entry(
      BlockKind.self, "blocks.Sequence", summary: "Blocks one after the other.", outside: "it is the blocks that it names",
      equation: "out = b_k(… b_1(x))", settings: BlockSequenceSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      var plans: [BlockPlan] = []
      for (number, component) in settings.blocks.enumerated() {
        plans.append(
          try context.block(
            component, argument: "blocks[\(number)]", channels: channels, of: "the sequence has", isInverse: settings.inverse))
      }
      return BlockPlan(channels: channels) { [plans] seeds in Sequential(try plans.map { try $0.build(seeds: seeds) }) }
    },
    Entry(
      BlockKind.self, "blocks.Adapted", summary: "A block of another number of channels between two convolutions 1×1.",
      outside: "it is the block that it names", equation: "out = W₂·b(W₁·x), W₁: C → C', W₂: C' → C", settings: AdaptedBlockSettings.self
    ) { settings, context in
      let (channels, inner) = (try context.number("channels"), try context.number("inner_channels"))
      let plan = try context.block(
        settings.block, argument: "block", channels: inner, of: "the adapter has inside", isInverse: settings.inverse)
      return BlockPlan(channels: channels) { seeds in
        try AdaptedBlock(channels: channels.value, inner: inner.value, block: plan.build, seeds: seeds)
      }
    },
  ]
}

/// The settings of `blocks.Nonlinearity`.
public struct NonlinearityBlockSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The non-linearity.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// Whether it is the inverse; null takes what the place is for, the inverse in decoders.
  public var inverse: Bool?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { BlockSettings.problems(channels: channels) }
}

/// The settings of `blocks.Sequence`.
public struct BlockSequenceSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The blocks in the order of their use, 1 to 64.
  public var blocks = [Component<BlockKind>("blocks.ResidualBlock")]
  /// What non-linearities among the blocks are told; null takes what the place is for, the inverse in decoders.
  public var inverse: Bool?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let count = 1...64 ~= blocks.count ? [] : [("blocks", "must have 1 to 64 blocks, found \(blocks.count)")]
    return BlockSettings.problems(channels: channels) + count
  }
}

/// The settings of `blocks.Adapted`.
public struct AdaptedBlockSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// C', the channels of the block inside, 1 to 4096.
  public var innerChannels = 64
  /// The block inside.
  public var block = Component<BlockKind>("blocks.ResidualBlock")
  /// What non-linearities inside are told; null takes what the place is for, the inverse in decoders.
  public var inverse: Bool?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let inner = 1...4096 ~= innerChannels ? [] : [("innerChannels", "must be in 1 ... 4096, found \(innerChannels)")]
    return BlockSettings.problems(channels: channels) + inner
  }
}
