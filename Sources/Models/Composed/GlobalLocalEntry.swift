public import Configuration
import LatentModels
public import Registry

extension SideInformationEntries {
  static let globalLocal = Entry(
    SideInformationKind.self, "side_information.GlobalLocal",
    summary: "A few vectors that say something about the whole picture, and a local latent that asks them by attention.",
    leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Information Transformer", paper: "kim2022joint",
    equation: "z_g = learned tokens that attend to y, z_l = a_l(y), h = s_l(ẑ_l), ψ = e(h + attention of h to ẑ_g)",
    settings: GlobalLocalSettings.self
  ) { settings, context in
    var gathering = PlanGathering(context: context)
    let global = gathering.entropyBottleneck(settings.globalBottleneck, number: "channels")
    let local = gathering.entropyBottleneck(settings.localBottleneck, number: "channels")
    guard let global, let local, gathering.problems.isEmpty else { throw ConfigurationError(gathering.problems) }
    let (n, m) = (local.channels, try context.number("expansion_channels"))
    var fit = PlanFit(context: context)
    fit.compare(("the local latent has", n), ("the global one has", global.channels))
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    guard n.value.isMultiple(of: settings.heads) else {
      throw ConfigurationError(
        mark: context.mark(of: "heads"), path: context.path(of: "heads"),
        "must divide the \(n.value) channels of the latents, found \(settings.heads)")
    }
    return SideInformationPlan(channels: m, hyperChannels: m.scaled(to: 2 * m.value)) { seeds in
      try GlobalLocal(
        channels: m.value, hyperChannels: 2 * m.value, tokens: settings.tokens, heads: settings.heads,
        globalBottleneck: global.build(seeds: seeds), localBottleneck: local.build(seeds: seeds), seeds: seeds)
    }
  }
}

/// The settings of `side_information.GlobalLocal`.
public struct GlobalLocalSettings: ValidatedSettings {
  /// N, the channels of both further latents; null takes the model's.
  public var channels: Int?
  /// M, the channels of the latent; null takes the model's.
  public var expansionChannels: Int?
  /// The number of vectors of the global latent, 1 to 256.
  public var tokens = 8
  /// The heads of the attentions, 1 to 64, a divisor of N.
  public var heads = 8
  /// The entropy model of the global latent; null takes `prior.EntropyBottleneck` for N channels.
  public var globalBottleneck: Component<PriorKind>?
  /// The entropy model of the local latent; null takes `prior.EntropyBottleneck` for N channels.
  public var localBottleneck: Component<PriorKind>?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
    for (key, value, limit) in [("tokens", tokens, 256), ("heads", heads, 64)] where !(1...limit ~= value) {
      found.append((key, "must be in 1 ... \(limit), found \(value)"))
    }
    return found
  }
}
