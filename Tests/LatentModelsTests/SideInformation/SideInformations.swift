import Layers
import Torch

@testable import LatentModels

/// All kinds of side information with latents of their own, small, for latents of six channels.
enum SideInformations {
  static let channels = 6

  static let names = ["coarse to fine", "global and local"]

  static func make(_ name: String, seed: UInt64 = 1) throws -> any SideInformation {
    let (m, seeds) = (channels, SeedSequence(seed))
    switch name {
    case "global and local":
      return try GlobalLocal(
        channels: m, hyperChannels: 2 * m, tokens: 3, heads: 2, globalBottleneck: EntropyBottleneck(channels: 4, seeds: seeds),
        localBottleneck: EntropyBottleneck(channels: 4, seeds: seeds), seeds: seeds)
    default:
      return try CoarseToFine(
        channels: m, fineChannels: 8, hyperChannels: 2 * m, bottleneck: EntropyBottleneck(channels: 4, seeds: seeds),
        conditional: GaussianConditional(scaleBound: 3), seeds: seeds)
    }
  }
}
