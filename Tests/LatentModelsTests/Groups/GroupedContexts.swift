import Layers
import Torch

@testable import LatentModels

/// All context models that code in groups, small, with and without side information.
enum GroupedContexts {
  static let channels = 6

  static let names = [
    "none", "checkerboard", "multistage 2", "multistage 4", "channel-wise", "channel-wise 2", "channel-wise attention", "space-channel",
    "space-channel first and last",
    "cosine slicing", "zigzag", "top-k attention", "top-k attention of all", "causal attention", "global reference",
    "context-adaptive",
    "checkerboard attention", "multi-reference",
  ]

  /// Those whose number of groups grows with the latent, so that not each group can have a stream.
  static let growing: Set = ["zigzag", "causal attention", "global reference", "context-adaptive"]

  static func make(_ name: String, hyperChannels: Int = 12, parameters: Int = 2, seed: UInt64 = 1) throws -> any GroupedContext {
    let (m, k, p, seeds) = (channels, hyperChannels, parameters, SeedSequence(seed))
    return switch name {
    case "none": try NoContext(channels: m, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "checkerboard": try CheckerboardContext(channels: m, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "multistage 2": try MultistageContext(channels: m, window: 2, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "multistage 4": try MultistageContext(channels: m, window: 4, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "channel-wise":
      try ChannelwiseContext(channels: m, slices: 3, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "channel-wise 2":
      try ChannelwiseContext(
        channels: m, slices: 4, hyperChannels: k, parametersPerElement: p, support: 1, predictsResiduals: false, seeds: seeds)
    case "channel-wise attention":
      try ChannelwiseContext(
        channels: m, slices: 3, hyperChannels: k, parametersPerElement: p,
        networks: SliceNetworks(widths: [7, 6, 5], kernel: 3, unit: { _ in GaussianErrorLinear() }) {
          try SwinAttentionModule(inputChannels: $0, outputChannels: $0, width: 8, heads: 2, window: 4, seeds: $1)
        }, seeds: seeds)
    case "space-channel":
      try SpaceChannelContext(groups: [1, 2, 3], hyperChannels: k, parametersPerElement: p, aggregation: .ramp(least: 8), seeds: seeds)
    case "space-channel first and last":
      try SpaceChannelContext(
        groups: [1, 1, 2, 2], hyperChannels: k, parametersPerElement: p, support: .firstAndLast,
        aggregation: .widths(first: 9, second: 7), seeds: seeds)
    case "zigzag":
      try ZigzagContext(
        channels: m, blocks: 3, features: 5, layers: 3, kernel: 3, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "checkerboard attention":
      try CheckerboardAttentionContext(
        channels: m, slices: 3, heads: 2, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "multi-reference":
      try MultiReferenceContext(channels: m, slices: 3, heads: 1, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "context-adaptive":
      try ContextAdaptiveContext(channels: m, width: 16, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "causal attention":
      try CausalAttentionContext(channels: m, heads: 2, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "global reference": try GlobalReferenceContext(channels: m, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    case "top-k attention", "top-k attention of all":
      try TopKAttentionContext(
        channels: m, transformer: .init(width: 8, heads: 2, depth: 2, positions: 5, topK: name.hasSuffix("all") ? 1000 : 6),
        hyperChannels: k, parametersPerElement: p, seeds: seeds)
    default: try CosineSlicingContext(channels: m, slices: 4, hyperChannels: k, parametersPerElement: p, seeds: seeds)
    }
  }
}
