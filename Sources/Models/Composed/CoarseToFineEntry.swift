public import Configuration
import LatentModels
public import Registry

extension SideInformationEntries {
  static let coarseToFine = Entry(
    SideInformationKind.self, "side_information.CoarseToFine",
    summary: "Two further latents above each other, from coarse to fine, by transforms that drop nothing before their non-linearities.",
    leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Multi-layered Hyperpriors", paper: "hu2020coarse",
    equation: """
      z₁ = a₁(y), z₂ = a₂(z₁), p(ẑ₂) = Π_i p_c(ẑ₂,i), p(ẑ₁ | ẑ₂) = N(e₁(s₂(ẑ₂)))
      ψ = e₀(s₁(ẑ₁), s₂(ẑ₂) laid out to the sides of y)
      """, settings: CoarseToFineSettings.self
  ) { settings, context in
    var gathering = PlanGathering(context: context)
    let bottleneck = gathering.entropyBottleneck(settings.entropyBottleneck, number: "channels")
    guard let bottleneck, gathering.problems.isEmpty else { throw ConfigurationError(gathering.problems) }
    let (n, m) = (bottleneck.channels, try context.number("expansion_channels"))
    let fine = settings.fineChannels ?? 2 * n.value
    guard fine.isMultiple(of: 4) else {
      throw ConfigurationError(
        mark: context.mark(of: "fine_channels"), path: context.path(of: "fine_channels"),
        "the finer latent would have \(fine) channels, twice those of the coarser one, and needs a multiple of 4; write fine_channels down")
    }
    return SideInformationPlan(channels: m, hyperChannels: m.scaled(to: 2 * m.value)) { seeds in
      try CoarseToFine(
        channels: m.value, fineChannels: fine, hyperChannels: 2 * m.value, bottleneck: bottleneck.build(seeds: seeds),
        conditional: GaussianConditionalPlan().build(), seeds: seeds)
    }
  }
}

/// The settings of `side_information.CoarseToFine`.
public struct CoarseToFineSettings: ValidatedSettings {
  /// N, the channels of the coarsest latent; null takes the model's.
  public var channels: Int?
  /// M, the channels of the latent; null takes the model's.
  public var expansionChannels: Int?
  /// The channels of the latent between, a multiple of 4, 4 to 4096; null takes 2·N, as in the paper.
  public var fineChannels: Int?
  /// The entropy model of the coarsest latent; null takes `prior.EntropyBottleneck` for N channels.
  public var entropyBottleneck: Component<PriorKind>?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
    if let fineChannels, !(4...4096 ~= fineChannels) || !fineChannels.isMultiple(of: 4) {
      found.append(("fineChannels", "must be a multiple of 4 in 4 ... 4096, found \(fineChannels)"))
    }
    return found
  }
}
