public import LatentModels
import Layers
public import Torch

/// The joint autoregressive and hierarchical model of Minnen, Ballé, Toderici, "Joint autoregressive and hierarchical priors for learned image
/// compression", NeurIPS 2018, figure 1.
///
///     y = g_a(x), z = h_a(y), ψ = h_s(ẑ), (σ_i, μ_i) = e(ψ_i, φ(ŷ_<i)), ŷ_i ~ N(μ_i, σ_i²) convolved with a unit box, x̂ = g_s(ŷ)
///
/// `[N, 3, H, W]` → y `[N, M, H/16, W/16]` → z `[N, N, H/64, W/64]`. The state_dict is that of CompressAI's
/// `JointAutoregressiveHierarchicalPriors`, but for masked weights that a file may hold, which stay as they are.
public final class JointAutoregressiveHyperprior: AutoregressiveModel {
  /// The networks and entropy models.
  public let parts: HyperpriorParts
  /// What predicts y.
  public let contextModel: ContextModel
  /// What a forward pass without noise computes.
  public let evaluationRounding: EvaluationRounding

  /// Creates the model of its parts; the hyper synthesis gives 2·M channels.
  public init(parts: HyperpriorParts, contextModel: ContextModel, evaluationRounding: EvaluationRounding = .asCoded) {
    self.parts = parts
    self.contextModel = contextModel
    self.evaluationRounding = evaluationRounding
  }

  /// Creates the model of the paper.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers and of z.
  ///   - expansionChannels: M, the channels of y.
  ///   - nonlinearity: makes the non-linearity of one place of g_a and g_s for a number of channels and a direction; called anew for each.
  ///   - evaluationRounding: what a forward pass without noise computes.
  ///   - seeds: where the initial weights come from.
  public convenience init(
    channels: Int, expansionChannels: Int, nonlinearity: (_ channels: Int, _ inverse: Bool) throws -> any Layer,
    evaluationRounding: EvaluationRounding = .asCoded, seeds: SeedSequence
  ) throws {
    let parts = try HyperpriorParts(
      channels: channels, expansionChannels: expansionChannels, nonlinearity: nonlinearity, hyperNonlinearity: { LeakyRectifiedLinear() },
      hyperSynthesis: {
        try HyperSynthesisMeanScale(
          channels: channels, expansionChannels: expansionChannels, nonlinearity: { _ in LeakyRectifiedLinear() }, seeds: seeds)
      }, seeds: seeds)
    self.init(
      parts: parts, contextModel: try ContextModel(channels: expansionChannels, seeds: seeds), evaluationRounding: evaluationRounding)
  }
}
