import Configuration
import Layers
import Registry
import Torch

extension NetworkEntries {
  /// The networks of TinyLIC.
  static let tinyLICNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.TinyLICEncoder",
      summary: "Convolutions that halve the sides, each with residual neighbourhood attention behind it.",
      leaf: attention, alsoIn: [residual], paper: "lu2022high", settings: NeighborhoodTransformSettings.self
    ) { settings, context in
      let (n, m, shape) = try transform(settings, context: context)
      return NetworkPlan(input: StatedNumber(3), output: m, scale: .reduces(16), stages: stages(n, m)) { seeds in
        try TinyLICEncoder(channels: n.value, expansionChannels: m.value, shape: shape, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.TinyLICDecoder",
      summary: "Transposed convolutions that double the sides, each with residual neighbourhood attention before it.",
      leaf: attention, alsoIn: [residual], paper: "lu2022high", settings: NeighborhoodTransformSettings.self
    ) { settings, context in
      let (n, m, shape) = try transform(settings, context: context)
      return NetworkPlan(input: m, output: StatedNumber(3), scale: .enlarges(16), stages: stages(n, m, isDecoder: true)) { seeds in
        try TinyLICDecoder(channels: n.value, expansionChannels: m.value, shape: shape, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.TinyLICHyperAnalysis",
      summary: "Two convolutions that halve the sides, each with residual neighbourhood attention behind it: y to z.",
      leaf: attention, alsoIn: [residual], paper: "lu2022high", settings: NeighborhoodHyperSettings.self
    ) { settings, context in
      let (n, m, shape) = try hyper(settings, context: context)
      return NetworkPlan(input: m, output: n.scaled(to: n.value * 3 / 2), scale: .reduces(4)) { seeds in
        try TinyLICHyperAnalysis(channels: n.value, expansionChannels: m.value, shape: shape, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.TinyLICHyperSynthesis",
      summary:
        "Two transposed convolutions that double the sides, each with residual neighbourhood attention before it: z to what predicts y.",
      leaf: attention, alsoIn: [residual], paper: "lu2022high", settings: NeighborhoodHyperSettings.self
    ) { settings, context in
      let (n, m, shape) = try hyper(settings, context: context)
      return NetworkPlan(input: n.scaled(to: n.value * 3 / 2), output: m.scaled(to: 2 * m.value), scale: .enlarges(4)) { seeds in
        try TinyLICHyperSynthesis(channels: n.value, expansionChannels: m.value, shape: shape, seeds: seeds)
      }
    },
  ]

  private static let attention = "Architectural Archetypes/Hierarchical Transformer/Local Attention/Residual Neighborhood Attention"
  private static let residual = "Architectural Archetypes/Convolutional/Residual Blocks/Residual Neighborhood Attention"

  /// The stages of a transform, from its input to its output.
  private static func stages(_ n: StatedNumber, _ m: StatedNumber, isDecoder: Bool = false) -> [NetworkStage] {
    let widths = [StatedNumber(3), n, n.scaled(to: n.value * 3 / 2), n.scaled(to: n.value * 2), m]
    guard isDecoder else { return widths.dropFirst().flatMap { [NetworkStage(.resampling, $0), NetworkStage(.attention, $0)] } }
    return (0..<4).reversed().flatMap { [NetworkStage(.attention, widths[$0 + 1]), NetworkStage(.resampling, widths[$0])] }
  }

  /// N, M and the attention of a transform.
  private static func transform(
    _ settings: NeighborhoodTransformSettings, context: BuildContext
  ) throws(ConfigurationError) -> (StatedNumber, StatedNumber, NeighborhoodShape) {
    let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
    let widths = TinyLICEncoder.widths(channels: n.value, expansionChannels: m.value)
    return (n, m, try fitted(settings.shape, isWritten: settings.heads != nil, widths: widths, context: context))
  }

  /// N, M and the attention of a hyper network.
  private static func hyper(
    _ settings: NeighborhoodHyperSettings, context: BuildContext
  ) throws(ConfigurationError) -> (StatedNumber, StatedNumber, NeighborhoodShape) {
    let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
    let widths = [n.value * 3 / 2, n.value * 3 / 2]
    return (n, m, try fitted(settings.shape, isWritten: settings.heads != nil, widths: widths, context: context))
  }

  /// The attention with heads that divide the channels of their scales.
  private static func fitted(
    _ shape: NeighborhoodShape, isWritten: Bool, widths: [Int], context: BuildContext
  ) throws(ConfigurationError) -> NeighborhoodShape {
    var shape = shape
    if !isWritten { shape.heads = zip(shape.heads, widths).map { AttentionHeads.fitting($0, channels: $1) } }
    guard let wrong = zip(shape.heads, widths).first(where: { $1 < 1 || !$1.isMultiple(of: $0) }) else { return shape }
    throw ConfigurationError(
      mark: context.mark(of: "heads"), path: context.path(of: "heads"),
      "must be divisors of the \(widths.map(String.init).joined(separator: ", ")) channels at the scales, found \(wrong.0) for \(wrong.1)")
  }
}
