public import Configuration
public import Registry

/// What the settings of a model with a hyperprior begin with.
public protocol HyperpriorDefaults: Sendable {
  /// N.
  static var channels: Int { get }
  /// h_s.
  static var hyperSynthesis: Component<NetworkKind> { get }
  /// Q.
  static var quantizer: Component<QuantizerKind> { get }
  /// What gives several rates.
  static var rateControl: Component<RateControlKind>? { get }
}

extension HyperpriorDefaults {
  /// Additive noise.
  public static var quantizer: Component<QuantizerKind> { Component("quantizer.AdditiveNoise") }
  /// None.
  public static var rateControl: Component<RateControlKind>? { nil }
}

/// The settings of models with a hyperprior that have N and M channels; they differ in their defaults.
public struct HyperpriorSettings<Defaults: HyperpriorDefaults>: ValidatedSettings {
  /// N, the number of channels between the layers and of the second latent, 1 to 4096.
  public var channels = Defaults.channels
  /// M, the number of channels of the latent, 1 to 4096.
  public var expansionChannels = 192
  /// The non-linearity between the layers of encoder and decoder, for those that name none of their own; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a; what it leaves open is N, M and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.FactorizedPriorEncoder")
  /// g_s; what it leaves open is N, M and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.FactorizedPriorDecoder")
  /// h_a, in the scale hyperprior of the magnitudes of the latent; what it leaves open is N, M and `nonlinearity.LeakyReLU`, in the scale
  /// hyperprior `nonlinearity.ReLU`.
  public var hyperAnalysis = Component<NetworkKind>("networks.HyperAnalysis")
  /// h_s, which gives M channels, the scales, in the scale hyperprior, and 2·M in the others, the scales and then the means or what the context
  /// model gets; what it leaves open is as in h_a.
  public var hyperSynthesis = Defaults.hyperSynthesis
  /// The entropy model of the second latent; null takes `prior.EntropyBottleneck` for N channels.
  public var entropyBottleneck: Component<PriorKind>?
  /// The entropy model of the latent given the second; null takes `prior.GaussianConditional`.
  public var gaussianConditional: Component<ConditionalPriorKind>?
  /// What quantises both latents to whole numbers, and what stands for that in training.
  public var quantizer = Defaults.quantizer
  /// What gives the model several rates; null for one rate.
  public var rateControl: Component<RateControlKind>? = Defaults.rateControl
  /// The loss that a training minimises.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
  }

  var components: HyperpriorPlan.Components {
    .init(
      encoder: encoder, decoder: decoder, hyperAnalysis: hyperAnalysis, hyperSynthesis: hyperSynthesis,
      entropyBottleneck: entropyBottleneck, gaussianConditional: gaussianConditional, quantizer: quantizer,
      rateControl: rateControl)
  }
}

/// The settings of `models.ScaleHyperprior`.
public typealias ScaleHyperpriorSettings = HyperpriorSettings<ScaleHyperpriorDefaults>
/// The settings of `models.MeanScaleHyperprior`.
public typealias MeanScaleHyperpriorSettings = HyperpriorSettings<MeanScaleHyperpriorDefaults>
/// The settings of `models.JointAutoregressiveHyperprior`.
public typealias JointAutoregressiveHyperpriorSettings = HyperpriorSettings<JointAutoregressiveHyperpriorDefaults>

/// The defaults of the scale hyperprior.
public enum ScaleHyperpriorDefaults: HyperpriorDefaults {
  /// 128.
  public static let channels = 128
  /// The network that gives scales.
  public static let hyperSynthesis = Component<NetworkKind>("networks.HyperSynthesisScale")
}

/// The defaults of the mean-scale hyperprior.
public enum MeanScaleHyperpriorDefaults: HyperpriorDefaults {
  /// 128.
  public static let channels = 128
  /// The network that gives scales and means.
  public static let hyperSynthesis = Component<NetworkKind>("networks.HyperSynthesisMeanScale")
}

/// The defaults of the joint autoregressive model.
public enum JointAutoregressiveHyperpriorDefaults: HyperpriorDefaults {
  /// 192.
  public static let channels = 192
  /// The network that gives 2·M channels for the context model.
  public static let hyperSynthesis = Component<NetworkKind>("networks.HyperSynthesisMeanScale")
}
