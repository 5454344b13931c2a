public import Torch

/// Nothing beside the latent.
public final class NoSideInformation: SideInformation {
  /// Creates it.
  public init() {}

  /// None.
  public var members: [Member] { [] }
  /// None.
  public var streamCount: Int { 0 }
  /// One: y alone decides about sizes.
  public var sideMultiple: Int { 1 }

  /// Returns nothing.
  public func forward(
    _ latent: Tensor, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (hyper: Tensor?, likelihoods: [(name: String, tensor: Tensor)]) { (nil, []) }

  /// Returns nothing.
  public func compress(_ latent: Tensor) throws -> (streams: [[[UInt8]]], hyper: Tensor?) { ([], nil) }

  /// Returns nothing.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor? { nil }

  /// Returns itself: there is no network to put others in the place of.
  public func adapted(
    analysis: ((any Layer) throws -> any Layer)?, synthesis: ((any Layer) throws -> any Layer)?, width: Tensor?
  ) throws -> (any SideInformation)? { self }

  /// None.
  public func auxiliaryLoss() throws -> Tensor? { nil }

  /// Does nothing.
  public func updateTables() throws {}
}
