public import LatentModels
public import Registry
public import Torch

/// Side information as a configuration describes it, ready to be built; what ``SideInformationEntries`` make.
public struct SideInformationPlan: Sendable {
  /// The channels of the latent that it is about, M; nil for any.
  public let channels: StatedNumber?
  /// The channels of the second latent, N, where it is one whose networks a rate control may change; 0 for no second latent, nil for others.
  public let latentChannels: Int?
  /// The channels of what it says, K; nil for nothing.
  public let hyperChannels: StatedNumber?
  /// How two latents are packed, where it is about two at once.
  public let pair: Pair?
  private let make: @Sendable (SeedSequence) throws -> any SideInformation

  /// The layouts of two latents and of what is told of them.
  public struct Pair: Sendable {
    /// That of the latents.
    public let latents: PairLayout
    /// That of ψ.
    public let hyper: PairLayout

    /// Creates a pair of layouts.
    public init(latents: PairLayout, hyper: PairLayout) { (self.latents, self.hyper) = (latents, hyper) }
  }

  /// Creates a plan.
  public init(
    channels: StatedNumber?, hyperChannels: StatedNumber?, latentChannels: Int? = nil, pair: Pair? = nil,
    make: @escaping @Sendable (SeedSequence) throws -> any SideInformation
  ) {
    (self.channels, self.hyperChannels, self.latentChannels, self.make) = (channels, hyperChannels, latentChannels, make)
    self.pair = pair
  }

  /// Builds it with initial weights drawn from `seeds`.
  public func build(seeds: SeedSequence) throws -> any SideInformation { try make(seeds) }
}
