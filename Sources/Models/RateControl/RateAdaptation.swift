public import LatentModels
public import Torch

/// What a model computes otherwise at one rate; nil changes nothing.
public struct RateAdaptation {
  /// g of the quantisation of y, see ``QuantizationStep``: one number, or one for each channel.
  public var gain: Tensor?
  /// Where elements of y are put back.
  public var offsets: ReconstructionOffsets?
  /// Δ of the quantisation of z, one number.
  public var hyperWidth: Tensor?
  /// What is added to the context model's φ everywhere, `[2·M]`.
  public var contextShift: Tensor?
  /// The network in the place of g_a, which has it inside.
  public var analysis: ((any Layer) throws -> any Layer)?
  /// The network in the place of g_s.
  public var synthesis: ((any Layer) throws -> any Layer)?
  /// The network in the place of h_a.
  public var hyperAnalysis: ((any Layer) throws -> any Layer)?
  /// The network in the place of h_s.
  public var hyperSynthesis: ((any Layer) throws -> any Layer)?

  /// Creates an adaptation that changes nothing.
  public init() {}
}

/// A model that can be run with changes of single places.
public protocol RateAdaptable: TransformCodingModel {
  /// Returns the model with the changes; it shares all weights and tables.
  func adapted(by adaptation: RateAdaptation) throws -> any TransformCodingModel
}

extension HyperpriorParts {
  /// Returns the parts with the changes.
  public func adapted(by adaptation: RateAdaptation) throws -> HyperpriorParts {
    let step = try adaptation.gain.map {
      try QuantizationStep(gain: $0, offsets: adaptation.offsets, conditional: gaussianConditional)
    }
    return HyperpriorParts(
      encoder: try adaptation.analysis?(encoder) ?? encoder, decoder: try adaptation.synthesis?(decoder) ?? decoder,
      hyperAnalysis: try adaptation.hyperAnalysis?(hyperAnalysis) ?? hyperAnalysis,
      hyperSynthesis: try adaptation.hyperSynthesis?(hyperSynthesis) ?? hyperSynthesis,
      entropyBottleneck: try adaptation.hyperWidth.map { try entropyBottleneck.stepped(width: $0) } ?? entropyBottleneck,
      gaussianConditional: gaussianConditional, quantizer: quantizer, sideMultiple: sideMultiple, step: step)
  }
}

extension ContextModel {
  fileprivate func adapted(by adaptation: RateAdaptation) -> ContextModel { adaptation.contextShift.map { shifted(by: $0) } ?? self }
}

extension ScaleHyperprior: RateAdaptable {
  /// Returns the model with the changes.
  public func adapted(by adaptation: RateAdaptation) throws -> any TransformCodingModel {
    ScaleHyperprior(parts: try parts.adapted(by: adaptation))
  }
}

extension MeanScaleHyperprior: RateAdaptable {
  /// Returns the model with the changes.
  public func adapted(by adaptation: RateAdaptation) throws -> any TransformCodingModel {
    MeanScaleHyperprior(parts: try parts.adapted(by: adaptation))
  }
}

extension JointAutoregressiveHyperprior: RateAdaptable {
  /// Returns the model with the changes.
  public func adapted(by adaptation: RateAdaptation) throws -> any TransformCodingModel {
    JointAutoregressiveHyperprior(
      parts: try parts.adapted(by: adaptation), contextModel: contextModel.adapted(by: adaptation), evaluationRounding: evaluationRounding)
  }
}

extension Cheng2020Anchor: RateAdaptable {
  /// Returns the model with the changes.
  public func adapted(by adaptation: RateAdaptation) throws -> any TransformCodingModel {
    Cheng2020Anchor(
      parts: try parts.adapted(by: adaptation), contextModel: contextModel.adapted(by: adaptation), evaluationRounding: evaluationRounding)
  }
}

extension Cheng2020Attention: RateAdaptable {
  /// Returns the model with the changes.
  public func adapted(by adaptation: RateAdaptation) throws -> any TransformCodingModel {
    Cheng2020Attention(
      parts: try parts.adapted(by: adaptation), contextModel: contextModel.adapted(by: adaptation), evaluationRounding: evaluationRounding)
  }
}
