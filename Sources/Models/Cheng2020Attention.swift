public import LatentModels
import Layers
public import Torch

/// The model of Cheng, Sun, Takeuchi, Katto, "Learned image compression with discretized Gaussian mixture likelihoods and attention modules",
/// CVPR 2020, with one Gaussian in place of the mixture.
///
/// It is ``Cheng2020Anchor`` with two ``AttentionBlock``s in the analysis and two in the synthesis. `[N, 3, H, W]` → y `[N, N, H/16, W/16]` →
/// z `[N, N, H/64, W/64]`. The state_dict is that of CompressAI's `Cheng2020Attention`.
public final class Cheng2020Attention: AutoregressiveModel {
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

  /// Creates the model of the paper, with one Gaussian for each element.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of all layers, of y and of z.
  ///   - nonlinearity: makes the non-linearity of one residual block for a number of channels and a direction; called anew for each.
  ///   - evaluationRounding: what a forward pass without noise computes.
  ///   - seeds: where the initial weights come from.
  public convenience init(
    channels: Int, nonlinearity: (_ channels: Int, _ inverse: Bool) throws -> any Layer, evaluationRounding: EvaluationRounding = .asCoded,
    seeds: SeedSequence
  ) throws {
    let bottleneck = try EntropyBottleneck(channels: channels, seeds: seeds)
    let parts = HyperpriorParts(
      encoder: try Cheng2020AttentionEncoder(channels: channels, nonlinearity: { try nonlinearity(channels, false) }, seeds: seeds),
      decoder: try Cheng2020AttentionDecoder(channels: channels, nonlinearity: { try nonlinearity(channels, true) }, seeds: seeds),
      hyperAnalysis: try Cheng2020HyperAnalysis(channels: channels, nonlinearity: { LeakyRectifiedLinear() }, seeds: seeds),
      hyperSynthesis: try Cheng2020HyperSynthesis(channels: channels, nonlinearity: { _ in LeakyRectifiedLinear() }, seeds: seeds),
      entropyBottleneck: bottleneck, gaussianConditional: try GaussianConditional(), sideMultiple: 64)
    self.init(parts: parts, contextModel: try ContextModel(channels: channels, seeds: seeds), evaluationRounding: evaluationRounding)
  }
}
