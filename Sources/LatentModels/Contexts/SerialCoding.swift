public import Torch

/// A latent that is coded element after element with a ``ContextModel`` and Gaussians, in its native loop.
public final class SerialCoding: ConditionalCoding {
  private let contextModel: ContextModel
  private let density: GaussianDensity

  /// Creates the coding.
  public init(_ contextModel: ContextModel, density: GaussianDensity) {
    self.contextModel = contextModel
    self.density = density
  }

  /// The context model's networks and the density.
  public var members: [Member] { contextModel.members + [.module("y", density)] }

  /// One.
  public var streamCount: Int { 1 }

  /// Returns the quantised latent and the likelihoods; in training all elements at once, masked.
  ///
  /// A quantizer that rounds rounds what the context model sees to whole numbers without the means, which are not known yet.
  public func forward(
    _ latent: Tensor, hyper: Tensor?, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: Tensor) {
    let hyper = try needed(hyper)
    guard let noise else {
      let (values, parameters) = try contextModel.quantized(latent, hyper: hyper)
      return (values, try density.conditional.forward(latent, parameters: parameters, noise: nil).likelihoods)
    }
    let values = try quantizer.relaxed(latent, around: nil) { try noise.noise(for: "y", shape: latent.shape) }.values
    let rates = try density.conditional.forward(
      latent, parameters: contextModel.forward(values, hyper: hyper), quantizer: quantizer, name: "y.likelihood", noise: noise)
    return (values, rates.likelihoods)
  }

  /// Returns the payloads.
  public func compress(_ latent: Tensor, hyper: Tensor?) throws -> [[[UInt8]]] {
    [try contextModel.compress(latent, hyper: needed(hyper), conditional: density.conditional)]
  }

  /// Returns ŷ.
  public func decompress(_ streams: [[[UInt8]]], hyper: Tensor?, height: Int, width: Int) throws -> Tensor {
    guard streams.count == 1 else { throw LatentModelError.size(expected: "one stream for each picture", found: "\(streams.count)") }
    return try contextModel.decompress(streams[0], hyper: needed(hyper), conditional: density.conditional)
  }

  /// Computes the tables of the scales.
  public func updateTables() throws { try density.updateTables() }

  private func needed(_ hyper: Tensor?) throws -> Tensor {
    guard let hyper else { throw LatentModelError.size(expected: "side information", found: "none") }
    return hyper
  }
}
