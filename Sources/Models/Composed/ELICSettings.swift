public import Configuration
import LatentModels
public import Registry

/// In what CompressAI's two models of ELIC differ.
public protocol ELICDefaults: Sendable {
  /// h_s.
  static var hyperSynthesis: Component<NetworkKind> { get }
  /// Whether a group sees the first group and the one before alone, its networks have fixed widths and its means come first.
  static var isSimplified: Bool { get }
}

/// The settings of CompressAI's models of ELIC; they differ in their hyper synthesis and their context model.
public struct ELICSettings<Defaults: ELICDefaults>: ValidatedSettings {
  /// N, the number of channels between the layers and of the second latent, 1 to 4096.
  public var channels = 192
  /// M, the number of channels of the latent, 1 to 4096.
  public var expansionChannels = 320
  /// The sizes of the groups of channels, together M; null takes 16, 16, 32, 64 and the rest, of fewer than 192 channels a twentieth, a twentieth, a
  /// tenth, a fifth and the rest.
  public var groups: [Int]?
  /// The non-linearity for encoders and decoders that have a place for one; those of ELIC have none.
  public var activation = Component<NonlinearityKind>("nonlinearity.ReLU")
  /// g_a; what it leaves open is N and M.
  public var encoder = Component<NetworkKind>("networks.ELICEncoder")
  /// g_s; what it leaves open is N and M.
  public var decoder = Component<NetworkKind>("networks.ELICDecoder")
  /// h_a; what it leaves open is N, M and `nonlinearity.ReLU`.
  public var hyperAnalysis = Component<NetworkKind>("networks.HyperAnalysis")
  /// h_s, which gives the context model any number of channels; what it leaves open is N and M.
  public var hyperSynthesis = Defaults.hyperSynthesis
  /// The entropy model of the second latent; null takes `prior.EntropyBottleneck` for N channels.
  public var entropyBottleneck: Component<PriorKind>?
  /// The entropy model of the latent given the second; null takes `prior.GaussianConditional`.
  public var gaussianConditional: Component<ConditionalPriorKind>?
  /// What quantises both latents to whole numbers, and what stands for that in training.
  public var quantizer = Component<QuantizerKind>("quantizer.Mixed")
  /// What gives the model several rates; null for one rate.
  public var rateControl: Component<RateControlKind>?
  /// What shows the latent as thumbnails, such as `networks.ThumbnailSynthesis`, for `decode --thumbnail`; null for none.
  ///
  /// It is trained beside the rest, which learns the same with and without it.
  public var thumbnail: Component<NetworkKind>?
  /// The loss that a training minimises.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
    guard let groups else { return found }
    if let size = groups.first(where: { !(1...4096 ~= $0) }) { found.append(("groups", "must be in 1 ... 4096, found \(size)")) }
    let sum = groups.prefix(64).reduce(0) { $0 &+ $1 }
    if groups.count > 64 || sum != expansionChannels {
      found.append(("groups", "must be at most 64 sizes that have expansion_channels (\(expansionChannels)) as their sum, found \(groups)"))
    }
    return found
  }

  var components: ComposedPlan.Components {
    let groups = groups ?? SpaceChannelContext.groupSizes(channels: expansionChannels)
    let widths: SpaceChannelContext.Aggregation =
      Defaults.isSimplified ? .widths(first: 2 * expansionChannels, second: 512) : .ramp(least: 2 * channels)
    return .init(
      encoder: encoder, decoder: decoder, quantizer: quantizer, rateControl: rateControl, thumbnail: thumbnail,
      sideInformation: { $0.hyperNetworks(hyperAnalysis, hyperSynthesis, entropyBottleneck, activation: Component("nonlinearity.ReLU")) },
      contextModel: { _ in
        .spaceChannel(
          groups: groups, support: Defaults.isSimplified ? .firstAndLast : .all, aggregation: widths, streams: .eachGroup)
      },
      density: { gathering in
        gathering.gaussianConditional(gaussianConditional)
          .map { Defaults.isSimplified ? GaussianDensityPlan($0, order: .meansFirst) : GaussianDensityPlan($0) }
      })
  }
}

/// The defaults of `models.ELIC2022Official`.
public enum ELICOfficialDefaults: ELICDefaults {
  /// With a transposed convolution at the end.
  public static let hyperSynthesis = Component<NetworkKind>(
    "networks.ELICHyperSynthesis", Node(.map([Node.Field(key: "ends_transposed", mark: .defaults, value: Node(.bool(true)))])))
  /// False.
  public static let isSimplified = false
}

/// The defaults of `models.ELIC2022Chandelier`.
public enum ELICChandelierDefaults: ELICDefaults {
  /// With a convolution at the end.
  public static let hyperSynthesis = Component<NetworkKind>("networks.ELICHyperSynthesis")
  /// True.
  public static let isSimplified = true
}
