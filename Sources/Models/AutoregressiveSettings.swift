public import Configuration
public import Registry

/// The settings of `models.JointAutoregressiveHyperprior`.
public struct JointAutoregressiveHyperpriorSettings: ValidatedSettings {
  /// N, the number of channels between the layers and of the second latent, 1 to 4096.
  public var channels = 192
  /// M, the number of channels of the latent, 1 to 4096.
  public var expansionChannels = 192
  /// The non-linearity between the layers of encoder and decoder, for those that name none of their own; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a; what it leaves open is N, M and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.FactorizedPriorEncoder")
  /// g_s; what it leaves open is N, M and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.FactorizedPriorDecoder")
  /// h_a; what it leaves open is N, M and `nonlinearity.LeakyReLU`.
  public var hyperAnalysis = Component<NetworkKind>("networks.HyperAnalysis")
  /// h_s, which gives the context model 2·M channels; what it leaves open is N, M and `nonlinearity.LeakyReLU`.
  public var hyperSynthesis = Component<NetworkKind>("networks.HyperSynthesisMeanScale")
  /// The entropy model of the second latent; null takes `prior.EntropyBottleneck` for N channels.
  public var entropyBottleneck: Component<PriorKind>?
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
      encoder: encoder, decoder: decoder, hyperAnalysis: hyperAnalysis, hyperSynthesis: hyperSynthesis, entropyBottleneck: entropyBottleneck
    )
  }
}

/// The settings of `models.Cheng2020Anchor`.
public struct Cheng2020AnchorSettings: ValidatedSettings {
  /// N, the number of channels of all layers and of both latents, 1 to 4096.
  public var channels = 192
  /// The non-linearity of the residual blocks that change the sides, for those that name none of their own; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a; what it leaves open is N and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.Cheng2020AnchorEncoder")
  /// g_s; what it leaves open is N and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.Cheng2020AnchorDecoder")
  /// h_a; what it leaves open is N and `nonlinearity.LeakyReLU`.
  public var hyperAnalysis = Component<NetworkKind>("networks.Cheng2020HyperAnalysis")
  /// h_s, which gives the context model 2·N channels; what it leaves open is N and `nonlinearity.LeakyReLU`.
  public var hyperSynthesis = Component<NetworkKind>("networks.Cheng2020HyperSynthesis")
  /// The entropy model of the second latent; null takes `prior.EntropyBottleneck` for N channels.
  public var entropyBottleneck: Component<PriorKind>?
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
      encoder: encoder, decoder: decoder, hyperAnalysis: hyperAnalysis, hyperSynthesis: hyperSynthesis, entropyBottleneck: entropyBottleneck
    )
  }
}

/// The settings of `models.Cheng2020Attention`.
public struct Cheng2020AttentionSettings: ValidatedSettings {
  /// N, the number of channels of all layers and of both latents, 1 to 4096.
  public var channels = 192
  /// The non-linearity of the residual blocks that change the sides, for those that name none of their own; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a; what it leaves open is N and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.Cheng2020AttentionEncoder")
  /// g_s; what it leaves open is N and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.Cheng2020AttentionDecoder")
  /// h_a; what it leaves open is N and `nonlinearity.LeakyReLU`.
  public var hyperAnalysis = Component<NetworkKind>("networks.Cheng2020HyperAnalysis")
  /// h_s, which gives the context model 2·N channels; what it leaves open is N and `nonlinearity.LeakyReLU`.
  public var hyperSynthesis = Component<NetworkKind>("networks.Cheng2020HyperSynthesis")
  /// The entropy model of the second latent; null takes `prior.EntropyBottleneck` for N channels.
  public var entropyBottleneck: Component<PriorKind>?
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
      encoder: encoder, decoder: decoder, hyperAnalysis: hyperAnalysis, hyperSynthesis: hyperSynthesis, entropyBottleneck: entropyBottleneck
    )
  }
}
