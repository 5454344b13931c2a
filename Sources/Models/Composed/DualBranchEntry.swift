public import Configuration
import LatentModels
import Layers
public import Registry

extension ModelEntries {
  /// Two latents of two encoders.
  static let dualBranch = Entry(
    ModelKind.self, "models.DualBranch",
    summary: "Two encoders beside each other, whose latents are coded slice by slice of channels; the lower one given the higher one.",
    leaf: "Context Models/Parallel Decoding/Channel and Spatial/Channel-wise Autoregressive Context Model",
    alsoIn: ["Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors"],
    paper: "fu2024learned",
    equation: "y_H = a_H(x), y_L = a_L(x), p(ŷ_H | ψ_H), p(ŷ_L | ψ_L + c(ŷ_H)), x̂ = g_s(ŷ_H, ŷ_L)", settings: DualBranchSettings.self
  ) { settings, context in
    let parts = try PairedPlan(settings, context: context)
    return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
  }
}

/// The settings of `models.DualBranch`.
public struct DualBranchSettings: ValidatedSettings, PairedSettings {
  /// N, the number of channels between the layers and of both further latents, 1 to 4096.
  public var channels = 192
  /// M, the number of channels of both latents, 1 to 4096.
  public var expansionChannels = 320
  /// The share of all channels for the latent of fewer places, more than 0 and less than 1; each latent has one channel at least.
  public var ratio = 0.5
  /// The non-linearity between the layers of encoder and decoder, for those that name none of their own; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a, which gives two latents; what it leaves open is N, M, the share and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.DualBranchEncoder")
  /// g_s, which takes two latents; what it leaves open is N, M, the share and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.DualBranchDecoder")
  /// What is told of both latents at once; what it leaves open is N, M and the share, and null is for side information of each latent by itself.
  public var jointSideInformation: Component<SideInformationKind>?
  /// What is told of the latent of more places where nothing is told of both; what it leaves open is its share of N and M.
  public var sideInformation = Component<SideInformationKind>("side_information.Hyperprior")
  /// The same for the latent of fewer places; null takes that of more places, with weights of its own.
  public var lowSideInformation: Component<SideInformationKind>?
  /// What predicts the latent of more places from side information and from what is known of it already.
  public var contextModel = Component<ContextModelKind>("context.ChannelWise")
  /// The same for the latent of fewer places; null takes that of more places, with weights of its own.
  public var lowContextModel: Component<ContextModelKind>?
  /// The family of densities of the elements of both latents.
  public var density = Component<ConditionalPriorKind>("prior.GaussianConditional")
  /// Whether the latent of fewer places is predicted from that of more places, too, which is coded first then.
  public var conditional = true
  /// What quantises all latents to whole numbers, and what stands for that in training.
  public var quantizer = Component<QuantizerKind>("quantizer.Mixed")
  /// What gives the model several rates by scaling both latents; null for one rate.
  public var rateControl: Component<RateControlKind>?
  /// The loss that a training minimises.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)]) + OctaveChannels.problems(ratio: ratio)
  }
}
