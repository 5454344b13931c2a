import LatentModels
public import Torch

/// A rate control as a configuration describes it, ready to be built; what ``RateControlEntries`` make.
public struct RateControlPlan: Sendable {
  /// What a model has that a control may work on.
  public struct Place {
    /// The channels of y, M.
    public let latentChannels: Int
    /// The channels of z, N; nil where there is no second latent.
    public let hyperChannels: Int?
    /// Whether a context model predicts y.
    public let hasContext: Bool
    /// g_a.
    public let encoder: any Layer
    /// g_s.
    public let decoder: any Layer
  }

  /// The class path, for errors.
  public let classPath: String
  /// Whether the control works only where the synthesis gets rounded numbers in training.
  let needsRounding: Bool
  /// Whether the control works between the layers of encoder and decoder.
  let needsStages: Bool
  /// Whether the control scales the second latent, too.
  let scalesHyper: Bool
  /// Whether the control has nothing to work on without a second latent.
  let needsHyper: Bool
  /// Whether the control puts elements back elsewhere than in the middle of their interval.
  let hasOffsets: Bool
  private let make: @Sendable (Place, SeedSequence) throws -> any RateControl

  /// Creates a plan; `make` builds the control with initial weights drawn from a sequence.
  public init(
    _ classPath: String, needsRounding: Bool = false, needsStages: Bool = false, scalesHyper: Bool = false, needsHyper: Bool = false,
    hasOffsets: Bool = false, make: @escaping @Sendable (Place, SeedSequence) throws -> any RateControl
  ) {
    self.classPath = classPath
    self.needsRounding = needsRounding
    self.needsStages = needsStages
    self.scalesHyper = scalesHyper
    self.needsHyper = needsHyper
    self.hasOffsets = hasOffsets
    self.make = make
  }

  /// Builds the control for the parts of a model.
  func build(for parts: HyperpriorParts, latentChannels: Int, hasContext: Bool, seeds: SeedSequence) throws -> any RateControl {
    let place = Place(
      latentChannels: latentChannels, hyperChannels: parts.entropyBottleneck.channels, hasContext: hasContext, encoder: parts.encoder,
      decoder: parts.decoder)
    return try build(for: place, seeds: seeds)
  }

  /// Builds the control for a place.
  func build(for place: Place, seeds: SeedSequence) throws -> any RateControl { try make(place, seeds) }
}
