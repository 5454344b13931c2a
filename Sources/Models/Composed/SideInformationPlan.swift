public import LatentModels
public import Registry
public import Torch

/// Side information as a configuration describes it, ready to be built; what ``SideInformationEntries`` make.
public struct SideInformationPlan: Sendable {
  /// The channels of the latent that it is about, M; nil for any.
  public let channels: StatedNumber?
  /// The channels of what it says, K; nil for nothing.
  public let hyperChannels: StatedNumber?
  private let make: @Sendable (SeedSequence) throws -> any SideInformation

  /// Creates a plan.
  public init(
    channels: StatedNumber?, hyperChannels: StatedNumber?, make: @escaping @Sendable (SeedSequence) throws -> any SideInformation
  ) {
    (self.channels, self.hyperChannels, self.make) = (channels, hyperChannels, make)
  }

  /// Builds it with initial weights drawn from `seeds`.
  public func build(seeds: SeedSequence) throws -> any SideInformation { try make(seeds) }
}
