public import Torch

/// A hyperprior of two latents at once: its networks see both, and it has itself two further latents, each with a density for each channel.
///
///     (z_H, z_L) = h_a(y_H, y_L), (ψ_H, ψ_L) = h_s(ẑ_H, ẑ_L)
///
/// Akbari, Liang, Han, Tu, "Learned bi-resolution image coding using generalized octave convolutions", AAAI 2021, section 4.
public final class JointHyperprior: SideInformation {
  private let high: EntropyBottleneck
  private let low: EntropyBottleneck
  private let analysis: any Layer
  private let synthesis: any Layer
  private let layout: PairLayout
  /// The number by which h_a divides the sides.
  public let sideMultiple: Int

  /// Creates it of its parts.
  ///
  /// - Parameters:
  ///   - analysis: h_a, packed latents to packed further latents.
  ///   - synthesis: h_s, the way back to ψ.
  ///   - high: the entropy model of z_H.
  ///   - low: that of z_L.
  ///   - layout: that of z.
  public init(
    analysis: any Layer, synthesis: any Layer, high: EntropyBottleneck, low: EntropyBottleneck, layout: PairLayout, sideMultiple: Int
  ) {
    (self.analysis, self.synthesis, self.high, self.low) = (analysis, synthesis, high, low)
    (self.layout, self.sideMultiple) = (layout, sideMultiple)
  }

  /// The parts.
  public var members: [Member] {
    [
      .module("entropy_bottleneck_high", high), .module("entropy_bottleneck_low", low), .module("h_a", analysis), .module("h_s", synthesis),
    ]
  }

  /// One for each further latent.
  public var streamCount: Int { 2 }

  /// Returns ψ and the likelihoods of z.
  public func forward(
    _ latent: Tensor, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (hyper: Tensor?, likelihoods: [(name: String, tensor: Tensor)]) {
    let z = try layout.unpacked(analysis.forward(latent))
    let ofHigh = try high.forward(z.high, quantizer: quantizer, name: "z_high", noise: noise)
    let ofLow = try low.forward(z.low, quantizer: quantizer, name: "z_low", noise: noise)
    let hyper =
      noise == nil ? try psi(quantized(z)) : try synthesis.forward(layout.packed(LatentPair(high: ofHigh.values, low: ofLow.values)))
    return (hyper, [("z_high", ofHigh.likelihoods), ("z_low", ofLow.likelihoods)])
  }

  /// Returns the payloads of z and ψ.
  public func compress(_ latent: Tensor) throws -> (streams: [[[UInt8]]], hyper: Tensor?) {
    let z = try StageTrace.measuring(.hyperAnalysis) { try layout.unpacked(analysis.forward(latent)) }
    let streams = try StageTrace.measuring(.entropyCoding) { [try high.compress(z.high), try low.compress(z.low)] }
    return (streams, try psi(quantized(z)))
  }

  /// Returns ψ.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor? {
    guard streams.count == 2 else { throw LatentModelError.size(expected: "two streams of z for each picture", found: "\(streams.count)") }
    let (rows, columns) = (height / sideMultiple, width / sideMultiple)
    let z = try StageTrace.measuring(.entropyCoding) {
      LatentPair(
        high: try high.decompress(streams[0], height: layout.factor * rows, width: layout.factor * columns),
        low: try low.decompress(streams[1], height: rows, width: columns))
    }
    return try psi(z)
  }

  /// Returns the auxiliary loss of both bottlenecks.
  public func auxiliaryLoss() throws -> Tensor? { try high.auxiliaryLoss() + low.auxiliaryLoss() }

  /// Computes the tables of both bottlenecks.
  public func updateTables() throws {
    try high.updateTables()
    try low.updateTables()
  }

  private func quantized(_ z: LatentPair) throws -> LatentPair {
    LatentPair(high: try high.quantized(z.high), low: try low.quantized(z.low))
  }

  private func psi(_ z: LatentPair) throws -> Tensor {
    try StageTrace.measuring(.entropyParameters) { try CodingConditions.output(of: synthesis, for: layout.packed(z)) }
  }
}
