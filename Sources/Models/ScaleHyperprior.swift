public import LatentModels
import Layers
public import Torch

/// The scale hyperprior of Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, figure 4.
///
///     y = g_a(x), z = h_a(|y|), σ = h_s(ẑ), ŷ ~ N(0, σ²) convolved with a unit box, x̂ = g_s(ŷ)
///
/// `[N, 3, H, W]` → y `[N, M, H/16, W/16]` → z `[N, N, H/64, W/64]`. The state_dict is that of CompressAI's `ScaleHyperprior`.
public final class ScaleHyperprior: HyperpriorModel {
  /// The networks and entropy models.
  public let parts: HyperpriorParts

  /// Creates the model of its parts; the hyper synthesis gives M channels.
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
        channels: channels, expansionChannels: expansionChannels, nonlinearity: nonlinearity, hyperNonlinearity: { RectifiedLinear() },
        hyperSynthesis: {
          try HyperSynthesisScale(
            channels: channels, expansionChannels: expansionChannels, nonlinearity: { RectifiedLinear() }, seeds: seeds)
        }, seeds: seeds))
  }

  /// Returns |y|.
  public func hyperInput(_ y: Tensor) throws -> Tensor { try y.absolute() }

  /// Returns the output as scales, with means of zero.
  public func gaussianParameters(_ output: Tensor) throws -> GaussianParameters { GaussianParameters(scales: output) }
}
