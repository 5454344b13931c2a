public import Configuration
public import Registry

/// The transforms of a model of Cheng and others.
public protocol Cheng2020Networks: Sendable {
  /// g_a.
  static var encoder: Component<NetworkKind> { get }
  /// g_s.
  static var decoder: Component<NetworkKind> { get }
  /// What quantises the latents.
  static var quantizer: Component<QuantizerKind> { get }
}

extension Cheng2020Networks {
  /// Noise.
  public static var quantizer: Component<QuantizerKind> { Component("quantizer.AdditiveNoise") }
}

/// The settings of the models of Cheng and others (2020), which have N channels everywhere; they differ in encoder and decoder.
public struct Cheng2020Settings<Networks: Cheng2020Networks>: ValidatedSettings {
  /// N, the number of channels of all layers and of both latents, 1 to 4096.
  public var channels = 192
  /// The non-linearity of the residual blocks that change the sides, for those that name none of their own; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a; what it leaves open is N and the non-linearity above.
  public var encoder = Networks.encoder
  /// g_s; what it leaves open is N and the inverse of the non-linearity above.
  public var decoder = Networks.decoder
  /// h_a; what it leaves open is N and `nonlinearity.LeakyReLU`.
  public var hyperAnalysis = Component<NetworkKind>("networks.Cheng2020HyperAnalysis")
  /// h_s, which gives the context model 2·N channels; what it leaves open is N and `nonlinearity.LeakyReLU`.
  public var hyperSynthesis = Component<NetworkKind>("networks.Cheng2020HyperSynthesis")
  /// The entropy model of the second latent; null takes `prior.EntropyBottleneck` for N channels.
  public var entropyBottleneck: Component<PriorKind>?
  /// The entropy model of the latent given the second; null takes `prior.GaussianConditional`.
  public var gaussianConditional: Component<ConditionalPriorKind>?
  /// What quantises both latents to whole numbers, and what stands for that in training.
  public var quantizer = Networks.quantizer
  /// What gives the model several rates; null for one rate.
  public var rateControl: Component<RateControlKind>?
  /// The loss that a training minimises.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels)])
  }

  var components: HyperpriorPlan.Components {
    .init(
      encoder: encoder, decoder: decoder, hyperAnalysis: hyperAnalysis, hyperSynthesis: hyperSynthesis,
      entropyBottleneck: entropyBottleneck, gaussianConditional: gaussianConditional, quantizer: quantizer,
      rateControl: rateControl)
  }
}

/// The settings of `models.Cheng2020Anchor`.
public typealias Cheng2020AnchorSettings = Cheng2020Settings<Cheng2020AnchorNetworks>
/// The settings of `models.Cheng2020Attention`.
public typealias Cheng2020AttentionSettings = Cheng2020Settings<Cheng2020AttentionNetworks>

/// The settings of `models.Cheng2020AnchorCheckerboard`.
public typealias Cheng2020CheckerboardSettings = Cheng2020Settings<Cheng2020CheckerboardNetworks>

/// The transforms without attention, for a context model that sees rounded neighbours in training.
public enum Cheng2020CheckerboardNetworks: Cheng2020Networks {
  /// The encoder.
  public static let encoder = Component<NetworkKind>("networks.Cheng2020AnchorEncoder")
  /// The decoder.
  public static let decoder = Component<NetworkKind>("networks.Cheng2020AnchorDecoder")
  /// Noise for the rate and rounding for what is seen, as in CompressAI's model.
  public static let quantizer = Component<QuantizerKind>("quantizer.Mixed")
}

/// The transforms without attention.
public enum Cheng2020AnchorNetworks: Cheng2020Networks {
  /// The encoder.
  public static let encoder = Component<NetworkKind>("networks.Cheng2020AnchorEncoder")
  /// The decoder.
  public static let decoder = Component<NetworkKind>("networks.Cheng2020AnchorDecoder")
}

/// The transforms with attention.
public enum Cheng2020AttentionNetworks: Cheng2020Networks {
  /// The encoder.
  public static let encoder = Component<NetworkKind>("networks.Cheng2020AttentionEncoder")
  /// The decoder.
  public static let decoder = Component<NetworkKind>("networks.Cheng2020AttentionDecoder")
}
