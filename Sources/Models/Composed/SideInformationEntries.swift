public import Configuration
import LatentModels
public import Registry

/// The kinds of side information of the catalogue, each of which makes a ``SideInformationPlan``.
public enum SideInformationEntries {
  /// All of them.
  public static let all: [Entry] = [none, hyperprior, coarseToFine, globalLocal, octaveHyperprior]

  private static let none = Entry(
    SideInformationKind.self, "side_information.NoSideInformation",
    summary: "Nothing beside the latent: its context model alone predicts it.",
    outside: "the absence of side information; the taxonomy classes kinds of it", settings: NoSettings.self
  ) { _, _ in SideInformationPlan(channels: nil, hyperChannels: nil, latentChannels: 0) { _ in NoSideInformation() } }

  private static let hyperprior = Entry(
    SideInformationKind.self, "side_information.Hyperprior", summary: "A second latent with a density for each channel.",
    leaf: "Hierarchical Priors/Local Context Modeling", paper: "balle2018variational",
    equation: "z = h_a(y) or h_a(|y|), ψ = h_s(ẑ), p(ẑ) = Π_i p_c(ẑ_i)", settings: HyperpriorInformationSettings.self
  ) { settings, context in
    try HyperNetworksPlan(
      analysis: settings.hyperAnalysis, synthesis: settings.hyperSynthesis, bottleneck: settings.entropyBottleneck,
      activation: settings.activation, context: context
    ).sideInformation(seesMagnitudes: settings.seesMagnitudes)
  }
}

/// The settings of `side_information.Hyperprior`.
public struct HyperpriorInformationSettings: ValidatedSettings {
  /// N, the channels of the second latent; null takes the model's.
  public var channels: Int?
  /// M, the channels of the latent; null takes the model's.
  public var expansionChannels: Int?
  /// The non-linearity between the layers, for networks that name none of their own.
  public var activation = Component<NonlinearityKind>("nonlinearity.LeakyReLU")
  /// h_a; what it leaves open is N, M and the non-linearity above.
  public var hyperAnalysis = Component<NetworkKind>("networks.HyperAnalysis")
  /// h_s, which gives the context model any number of channels; what it leaves open is N, M and the non-linearity above.
  public var hyperSynthesis = Component<NetworkKind>("networks.HyperSynthesisMeanScale")
  /// The entropy model of the second latent; null takes `prior.EntropyBottleneck` for N channels.
  public var entropyBottleneck: Component<PriorKind>?
  /// Whether h_a gets the magnitudes of the latent, as in the scale hyperprior.
  public var seesMagnitudes = false

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
  }
}
