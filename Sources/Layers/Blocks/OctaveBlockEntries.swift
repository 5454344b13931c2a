public import Configuration
public import Registry
import Torch

extension BlockEntries {
  static let octaveBlocks: [Entry] = [
    Entry(
      BlockKind.self, "blocks.OctaveResidual",
      summary: "Generalised octave convolutions between features at full and at half resolution, around which the input is added.",
      leaf: "Architectural Archetypes/Convolutional/Octave Convolutions", paper: "akbari2020learned",
      equation: """
        (h, l) = o₁(x), (h', l') = o₂(h, l), out = x + o₃(h', l')
        o: y_HH = a(f(x_H)), y_LL = a(f(x_L)), y_H = y_HH + a(g↑2(y_LL)), y_L = y_LL + a(f↓2(y_HH))
        """, settings: OctaveBlockSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      let (activation, isInverse, ratio) = (settings.activation, settings.inverse ?? false, settings.ratio)
      if let own = activation.arguments["channels"], !own.isNull {
        throw ConfigurationError(
          mark: own.mark, path: KeySpelling.path(context.path(of: "activation"), "init_args.channels"),
          "the non-linearities of the block have as many channels as the parts of each resolution; leave the number out")
      }
      return BlockPlan(channels: channels) { seeds in
        try OctaveResidualBlock(
          channels: channels.value, ratio: ratio,
          activation: {
            try context.build(
              activation, as: (any Layer).self, suggesting: ["channels": Node(.int($0)), "inverse": Node(.bool(isInverse))])
          }, seeds: seeds)
      }
    }
  ]
}

/// The settings of `blocks.OctaveResidual`.
public struct OctaveBlockSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// α, the share of the channels for low frequencies, more than 0 and less than 1; each resolution has one channel at least.
  public var ratio = 0.5
  /// The non-linearity inside the layers.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// Whether it is the inverse; null takes what the place is for, the inverse in decoders.
  public var inverse: Bool?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    BlockSettings.problems(channels: channels) + OctaveChannels.problems(ratio: ratio)
  }
}

extension OctaveChannels {
  /// What is out of the range of α.
  package static func problems(ratio: Double) -> [(key: String, sentence: String)] {
    ratio > 0 && ratio < 1 ? [] : [("ratio", "must be more than 0 and less than 1, found \(ratio)")]
  }
}
