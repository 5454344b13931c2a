public import Configuration
public import Registry

/// The entropy models of the catalogue, each of which makes an ``EntropyBottleneckPlan`` or a ``GaussianConditionalPlan``, and the quantizers.
public enum LatentModelEntries {
  /// All of them.
  public static let all: [Entry] = priors + DensityEntries.all + QuantizerEntries.all + ContextEntries.all

  private static let priors: [Entry] = [
    Entry(
      PriorKind.self, "prior.EntropyBottleneck", aliases: ["compressai.entropy_models.EntropyBottleneck"],
      summary: "The fully factorized entropy model: one learned density for each channel.",
      leaf: "Quantization/Scalar Quantization/Uniform Quantization", paper: "balle2018variational",
      equation: """
        p(v) = c(v + ½) − c(v − ½), c = σ(f_K ∘ … ∘ f_1)
        f_k(x) = g_k(softplus(H_k)·x + b_k), g_k(x) = x + tanh(a_k)·tanh(x), g_K the identity
        """,
      settings: EntropyBottleneckSettings.self
    ) { settings, context in EntropyBottleneckPlan(channels: try context.number("channels"), settings: settings) },
    Entry(
      ConditionalPriorKind.self, "prior.GaussianConditional", aliases: ["compressai.entropy_models.GaussianConditional"],
      summary: "The conditional entropy model: a Gaussian of predicted scale and mean for each element.",
      leaf: "Hierarchical Priors/Local Context Modeling", alsoIn: ["Quantization/Scalar Quantization/Uniform Quantization"],
      paper: "balle2018variational",
      equation: "p(v) = Φ((½ − |v − μ|)/σ') − Φ((−½ − |v − μ|)/σ'), σ' = max(σ, scale_bound)",
      settings: GaussianConditionalSettings.self
    ) { settings, _ in GaussianConditionalPlan(settings: settings) },
  ]
}

/// The settings of `prior.EntropyBottleneck`, with CompressAI's names and defaults.
public struct EntropyBottleneckSettings: ValidatedSettings {
  /// The channels of the latent; null takes what the model says.
  public var channels: Int?
  /// The inner widths of the network that is the cumulative of each density.
  public var filters = [3, 3, 3, 3]
  /// About how wide the densities are at first.
  public var initScale = 10.0
  /// The probability of both tails together, outside of the outer quantiles.
  public var tailMass = 1e-9

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    if let channels, !(1...4096 ~= channels) { found.append(("channels", "must be in 1 ... 4096, found \(channels)")) }
    if filters.count > 16 { found.append(("filters", "must have at most 16 elements, found \(filters.count)")) }
    if let width = filters.first(where: { !(1...256 ~= $0) }) { found.append(("filters", "must be in 1 ... 256, found \(width)")) }
    if !(initScale > 0 && initScale.isFinite) { found.append(("initScale", "must be positive, found \(initScale)")) }
    if !(tailMass > 0 && tailMass < 1) { found.append(("tailMass", "must be between 0 and 1, found \(tailMass)")) }
    return found
  }
}
