import LatentModels
import Layers
import Torch

extension HyperpriorParts {
  /// Creates the parts of the papers: the transforms of the factorized prior, the hyper analysis, and the given hyper synthesis.
  init(
    channels: Int, expansionChannels: Int, nonlinearity: (_ channels: Int, _ inverse: Bool) throws -> any Layer,
    hyperNonlinearity: () -> any Layer, hyperSynthesis: () throws -> any Layer, seeds: SeedSequence
  ) throws {
    let bottleneck = try EntropyBottleneck(channels: channels, seeds: seeds)
    let encoder = try FactorizedPriorEncoder(
      channels: channels, expansionChannels: expansionChannels, nonlinearity: { try nonlinearity(channels, false) }, seeds: seeds)
    let decoder = try FactorizedPriorDecoder(
      channels: channels, expansionChannels: expansionChannels, nonlinearity: { try nonlinearity(channels, true) }, seeds: seeds)
    let analysis = try HyperAnalysis(
      channels: channels, expansionChannels: expansionChannels, nonlinearity: hyperNonlinearity, seeds: seeds)
    self.init(
      encoder: encoder, decoder: decoder, hyperAnalysis: analysis, hyperSynthesis: try hyperSynthesis(), entropyBottleneck: bottleneck,
      gaussianConditional: try GaussianConditional(), sideMultiple: 64)
  }
}
