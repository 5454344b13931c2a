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
  private let make: @Sendable (SeedSequence) throws -> any SideInformation

  /// Creates a plan.
  public init(
    channels: StatedNumber?, hyperChannels: StatedNumber?, latentChannels: Int? = nil,
    make: @escaping @Sendable (SeedSequence) throws -> any SideInformation
  ) {
    (self.channels, self.hyperChannels, self.latentChannels, self.make) = (channels, hyperChannels, latentChannels, make)
  }

  /// Builds it with initial weights drawn from `seeds`.
  public func build(seeds: SeedSequence) throws -> any SideInformation { try make(seeds) }
}
