public import Registry
public import Torch

/// An entropy bottleneck as a configuration describes it, ready to be built.
public struct EntropyBottleneckPlan: Sendable {
  /// The channels of the latent that it codes.
  public let channels: StatedNumber
  private let settings: EntropyBottleneckSettings

  /// Creates a plan for latents of `channels` channels.
  public init(channels: StatedNumber, settings: EntropyBottleneckSettings = EntropyBottleneckSettings()) {
    self.channels = channels
    self.settings = settings
  }

  /// Builds the entropy bottleneck with initial weights drawn from `seeds`.
  public func build(seeds: SeedSequence) throws -> EntropyBottleneck {
    try EntropyBottleneck(
      channels: channels.value, filters: settings.filters, initialScale: settings.initScale, tailMass: settings.tailMass, seeds: seeds)
  }
}
