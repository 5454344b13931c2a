public import LatentModels
import Layers
public import Torch

/// The mean and scale hyperprior of Minnen, Ballé, Toderici, "Joint autoregressive and hierarchical priors for learned image compression",
/// NeurIPS 2018, without its context model.
///
///     y = g_a(x), z = h_a(y), (σ, μ) = h_s(ẑ), ŷ ~ N(μ, σ²) convolved with a unit box, x̂ = g_s(ŷ)
///
/// `[N, 3, H, W]` → y `[N, M, H/16, W/16]` → z `[N, N, H/64, W/64]`. The state_dict is that of CompressAI's `MeanScaleHyperprior`; the first
/// half of the hyper synthesis' channels are the scales, the second the means.
public final class MeanScaleHyperprior: HyperpriorModel {
  /// The networks and entropy models.
  public let parts: HyperpriorParts

  /// Creates the model of its parts; the hyper synthesis gives 2·M channels.
  public init(parts: HyperpriorParts) { self.parts = parts }

  /// Creates the model of the paper.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers and of z.
  ///   - expansionChannels: M, the channels of y.
  ///   - nonlinearity: makes the non-linearity of one place of g_a and g_s for a number of channels and a direction; called anew for each.
  ///   - seeds: where the initial weights come from.
  public convenience init(
    channels: Int, expansionChannels: Int, nonlinearity: (_ channels: Int, _ inverse: Bool) throws -> any Layer, seeds: SeedSequence
  ) throws {
    self.init(
      parts: try HyperpriorParts(
        channels: channels, expansionChannels: expansionChannels, nonlinearity: nonlinearity, hyperNonlinearity: { LeakyRectifiedLinear() },
        hyperSynthesis: {
          try HyperSynthesisMeanScale(
            channels: channels, expansionChannels: expansionChannels, nonlinearity: { _ in LeakyRectifiedLinear() }, seeds: seeds)
        }, seeds: seeds))
  }

  /// Returns y.
  public func hyperInput(_ y: Tensor) throws -> Tensor { y }

  /// Returns the halves of the output's channels, the scales first.
  public func gaussianParameters(_ output: Tensor) throws -> GaussianParameters {
    let count = output.shape[1] / 2
    return GaussianParameters(
      scales: try output.narrowed(1, from: 0, length: count), means: try output.narrowed(1, from: count, length: count))
  }
}
