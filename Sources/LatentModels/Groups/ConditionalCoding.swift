public import Torch

/// The coding of a latent given side information: a context model with a density family.
public protocol ConditionalCoding: Module {
  /// The number of streams for each picture, of a latent of any size.
  var streamCount: Int { get }

  /// Returns the quantised latent and the likelihood of each of its elements.
  ///
  /// - Parameters:
  ///   - latent: y, `[N, M, H, W]`.
  ///   - hyper: ψ, `[N, K, H, W]`; nil for none.
  ///   - quantizer: what stands for rounding in training.
  ///   - noise: the noise of a training step; nil rounds as in coding.
  /// - Returns: two tensors of the latent's shape.
  func forward(
    _ latent: Tensor, hyper: Tensor?, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: Tensor)

  /// Returns for each stream the payload of each sample of an `[N, M, H, W]` latent.
  ///
  /// - Parameter hyper: ψ, which the decoder has to compute to the last bit alike.
  func compress(_ latent: Tensor, hyper: Tensor?) throws -> [[[UInt8]]]

  /// Returns ŷ, `[N, M, height, width]`, of ``streamCount`` streams.
  ///
  /// - Throws: `EntropyCodingError` or ``LatentModelError`` when a stream is cut or damaged.
  func decompress(_ streams: [[[UInt8]]], hyper: Tensor?, height: Int, width: Int) throws -> Tensor

  /// Computes the coder's tables.
  func updateTables() throws

  /// Returns the coding of latents whose elements are multiplied with a gain before they are rounded, and divided by it after; it shares all weights and
  /// tables.
  ///
  /// - Parameter gain: positive, one number or one for each channel; gradients may go through it.
  /// - Returns: nil where the coding cannot.
  func gained(_ gain: Tensor) throws -> (any ConditionalCoding)?
}

extension ConditionalCoding {
  /// Nil: it cannot.
  public func gained(_ gain: Tensor) throws -> (any ConditionalCoding)? { nil }
}
