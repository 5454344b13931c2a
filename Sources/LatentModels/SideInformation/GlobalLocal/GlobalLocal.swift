import Layers
public import Torch

/// A hyperprior of the whole picture beside a local one: Kim, Heo, Lee, "Joint global and local hierarchical priors for learned image compression", CVPR 2022
/// (Informer).
///
///     z_g = a_g(y): learned tokens that attend to all places of y          z_l = a_l(y): convolutions 1×1 of squares of 4×4 places
///     ψ = e(h + attention of h to ẑ_g), h = s_l(ẑ_l)
///
/// The global latent has as many vectors for any picture, so the cost of both attentions grows with the number of places and not
/// with its square. All other layers see one place, or one square, alone.
///
/// What the paper leaves open or what differs: how the local latent is made smaller; here each square of 4×4 places is laid into channels. Both latents have
/// entropy bottlenecks; an element of the global latent has the density of its channel, whichever token it belongs to. There is no position encoding. The
/// context model of the paper, masked convolutions, is `context.Autoregressive` or any other.
public final class GlobalLocal: SideInformation {
  private let analysis: GlobalLocalAnalysis
  private let synthesis: GlobalLocalSynthesis
  private let globalBottleneck: EntropyBottleneck
  private let localBottleneck: EntropyBottleneck
  private let tokens: Int

  /// Creates it with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - channels: M, the channels of y.
  ///   - hyperChannels: K, the channels of ψ.
  ///   - tokens: the number of vectors of the global latent.
  ///   - heads: the heads of both attentions, a divisor of the bottlenecks' channels.
  ///   - globalBottleneck: the entropy model of the global latent.
  ///   - localBottleneck: that of the local one, of as many channels.
  public init(
    channels: Int, hyperChannels: Int, tokens: Int, heads: Int, globalBottleneck: EntropyBottleneck, localBottleneck: EntropyBottleneck,
    seeds: SeedSequence
  ) throws {
    let n = localBottleneck.channels
    precondition(globalBottleneck.channels == n && n.isMultiple(of: heads), "checked by the plan")
    (self.globalBottleneck, self.localBottleneck, self.tokens) = (globalBottleneck, localBottleneck, tokens)
    analysis = try GlobalLocalAnalysis(channels: channels, width: n, tokens: tokens, heads: heads, seeds: seeds)
    synthesis = try GlobalLocalSynthesis(width: n, heads: heads, outputs: hyperChannels, seeds: seeds)
  }

  /// The networks and the entropy models.
  public var members: [Member] {
    [
      .module("entropy_bottleneck_global", globalBottleneck), .module("entropy_bottleneck_local", localBottleneck),
      .module("h_a", analysis), .module("h_s", synthesis),
    ]
  }

  /// Two: the global latent and the local one.
  public var streamCount: Int { 2 }
  /// Four.
  public var sideMultiple: Int { 4 }

  /// Returns ψ and the likelihoods of both latents.
  public func forward(
    _ latent: Tensor, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (hyper: Tensor?, likelihoods: [(name: String, tensor: Tensor)]) {
    let (global, local) = (try analysis.global(latent), try analysis.local(latent))
    let relaxedGlobal = try globalBottleneck.forward(global, quantizer: quantizer, name: "z_global", noise: noise)
    let relaxedLocal = try localBottleneck.forward(local, quantizer: quantizer, name: "z_local", noise: noise)
    let hyper =
      noise == nil
      ? try psi(globalBottleneck.quantized(global), localBottleneck.quantized(local))
      : try synthesis.forward(global: relaxedGlobal.values, local: relaxedLocal.values)
    return (hyper, [("z_global", relaxedGlobal.likelihoods), ("z_local", relaxedLocal.likelihoods)])
  }

  /// Returns the payloads of both latents, and ψ.
  public func compress(_ latent: Tensor) throws -> (streams: [[[UInt8]]], hyper: Tensor?) {
    let (global, local) = try StageTrace.measuring(.hyperAnalysis) { (try analysis.global(latent), try analysis.local(latent)) }
    let streams = try StageTrace.measuring(.entropyCoding) { [try globalBottleneck.compress(global), try localBottleneck.compress(local)] }
    return (streams, try psi(globalBottleneck.quantized(global), localBottleneck.quantized(local)))
  }

  /// Returns ψ.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor? {
    guard streams.count == 2 else {
      throw LatentModelError.size(expected: "streams of the global and the local latent for each picture", found: "\(streams.count)")
    }
    let (global, local) = try StageTrace.measuring(.entropyCoding) {
      (
        try globalBottleneck.decompress(streams[0], height: tokens, width: 1),
        try localBottleneck.decompress(streams[1], height: height / sideMultiple, width: width / sideMultiple)
      )
    }
    return try psi(global, local)
  }

  /// Returns the sum of the bottlenecks' auxiliary losses.
  public func auxiliaryLoss() throws -> Tensor? { try globalBottleneck.auxiliaryLoss() + localBottleneck.auxiliaryLoss() }

  /// Computes the tables of both bottlenecks.
  public func updateTables() throws {
    try globalBottleneck.updateTables()
    try localBottleneck.updateTables()
  }

  private func psi(_ global: Tensor, _ local: Tensor) throws -> Tensor {
    try StageTrace.measuring(.entropyParameters) {
      try CodingConditions.output(of: global, local) { try synthesis.forward(global: $0, local: $1) }
    }
  }
}
