public import Torch

/// One further latent z with a density for each channel: Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018.
///
///     z = h_a(y) or h_a(|y|), ψ = h_s(ẑ)
///
/// Names and shapes of the state are those of CompressAI's `HyperLatentCodec`.
public final class Hyperprior: SideInformation {
  private let bottleneck: EntropyBottleneck
  private let analysis: any Layer
  let synthesis: any Layer
  private let seesMagnitudes: Bool
  /// The number by which h_a divides the sides.
  public let sideMultiple: Int

  /// Creates it of its parts.
  ///
  /// - Parameters:
  ///   - analysis: h_a, y `[N, M, H, W]` to z `[N, N, H/b, W/b]`.
  ///   - synthesis: h_s, the way back to ψ.
  ///   - bottleneck: the entropy model of z.
  ///   - seesMagnitudes: whether h_a gets |y|.
  ///   - sideMultiple: b.
  public init(
    analysis: any Layer, synthesis: any Layer, bottleneck: EntropyBottleneck, seesMagnitudes: Bool = false, sideMultiple: Int
  ) {
    (self.analysis, self.synthesis, self.bottleneck) = (analysis, synthesis, bottleneck)
    (self.seesMagnitudes, self.sideMultiple) = (seesMagnitudes, sideMultiple)
  }

  /// Returns it with other networks and intervals.
  public func adapted(
    analysis: ((any Layer) throws -> any Layer)?, synthesis: ((any Layer) throws -> any Layer)?, width: Tensor?
  ) throws -> (any SideInformation)? {
    Hyperprior(
      analysis: try analysis?(self.analysis) ?? self.analysis, synthesis: try synthesis?(self.synthesis) ?? self.synthesis,
      bottleneck: try width.map { try bottleneck.stepped(width: $0) } ?? bottleneck, seesMagnitudes: seesMagnitudes,
      sideMultiple: sideMultiple)
  }

  /// The parts.
  public var members: [Member] {
    [.module("entropy_bottleneck", bottleneck), .module("h_a", analysis), .module("h_s", synthesis)]
  }

  /// One.
  public var streamCount: Int { 1 }

  /// Returns ψ and the likelihoods of z.
  public func forward(
    _ latent: Tensor, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (hyper: Tensor?, likelihoods: [(name: String, tensor: Tensor)]) {
    let z = try analyze(latent)
    let (values, likelihoods) = try bottleneck.forward(z, quantizer: quantizer, name: "z", noise: noise)
    let hyper = noise == nil ? try psi(bottleneck.quantized(z)) : try synthesis.traced(values)
    return (hyper, [("z", likelihoods)])
  }

  /// Returns the payloads of z and ψ.
  public func compress(_ latent: Tensor) throws -> (streams: [[[UInt8]]], hyper: Tensor?) {
    let z = try StageTrace.measuring(.hyperAnalysis) { try analyze(latent) }
    let stream = try StageTrace.measuring(.entropyCoding) { try bottleneck.compress(z) }
    return ([stream], try psi(bottleneck.quantized(z)))
  }

  /// Returns ψ.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor? {
    guard streams.count == 1 else { throw LatentModelError.size(expected: "one stream of z for each picture", found: "\(streams.count)") }
    let z = try StageTrace.measuring(.entropyCoding) {
      try bottleneck.decompress(streams[0], height: height / sideMultiple, width: width / sideMultiple)
    }
    return try psi(z)
  }

  /// Returns the bottleneck's auxiliary loss.
  public func auxiliaryLoss() throws -> Tensor? { try bottleneck.auxiliaryLoss() }

  /// Computes the bottleneck's tables.
  public func updateTables() throws { try bottleneck.updateTables() }

  func analyze(_ latent: Tensor) throws -> Tensor { try analysis.traced(seesMagnitudes ? latent.absolute() : latent) }

  private func psi(_ z: Tensor) throws -> Tensor {
    try StageTrace.measuring(.entropyParameters) { try CodingConditions.output(of: synthesis, for: z) }
  }
}
