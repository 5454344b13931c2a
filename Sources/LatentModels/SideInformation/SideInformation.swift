public import Torch

/// What is told of a latent y beside it: further latents, coded first, and what they say about y, ψ.
public protocol SideInformation: Module {
  /// The streams for each picture.
  var streamCount: Int { get }
  /// The number by which the smallest of the further latents has its sides divided, seen from y.
  var sideMultiple: Int { get }

  /// Returns ψ, `[N, K, H, W]` for y `[N, M, H, W]`, and the likelihoods of the further latents.
  ///
  /// - Parameter noise: the noise of a training step; nil rounds as in coding.
  func forward(
    _ latent: Tensor, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (hyper: Tensor?, likelihoods: [(name: String, tensor: Tensor)])

  /// Returns for each stream the payload of each sample, and ψ as a decoder computes it.
  func compress(_ latent: Tensor) throws -> (streams: [[[UInt8]]], hyper: Tensor?)

  /// Returns ψ of the streams for y of some size.
  ///
  /// - Throws: `EntropyCodingError` or ``LatentModelError`` when a stream is cut or damaged.
  func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor?

  /// Returns the loss that trains quantiles alone; nil where there are none.
  func auxiliaryLoss() throws -> Tensor?

  /// Computes the coder's tables.
  func updateTables() throws

  /// Returns the side information with other networks in the places of its own, which share their weights, and with intervals of the second latent of
  /// another width; nil where it has no such places.
  func adapted(
    analysis: ((any Layer) throws -> any Layer)?, synthesis: ((any Layer) throws -> any Layer)?, width: Tensor?
  ) throws -> (any SideInformation)?
}

extension SideInformation {
  /// Returns itself where nothing is asked for, and nil otherwise.
  public func adapted(
    analysis: ((any Layer) throws -> any Layer)?, synthesis: ((any Layer) throws -> any Layer)?, width: Tensor?
  ) throws -> (any SideInformation)? {
    analysis == nil && synthesis == nil && width == nil ? self : nil
  }
}
