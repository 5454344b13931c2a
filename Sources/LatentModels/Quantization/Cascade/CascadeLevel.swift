import Layers
public import Torch

/// One level of a ``VectorCascade``: the networks around its codebooks, which work at half the sides of what the level is given.
///
///     encoder: z = a(x)      q = h(z) → ĉ      x' = r(z) − ĉ, what the next level is given
///     decoder: x̂ = e(d(ĉ) + s(x̂'))            x̂' of the next level; the coarsest has neither r nor s
///
/// a: residual block ↓2, residual block, attention; h and r: residual block, attention, conv 3×3; d and s: attention, conv 3×3, residual block;
/// e: attention, residual block, residual block ↑2. All have the latent's channels.
public final class CascadeLevel: Module {
  /// The codebooks.
  public let codebook: FrequencyCodebook
  private let reduction: Sequential
  private let head: Sequential
  private let residual: Sequential?
  private let codeSynthesis: Sequential
  private let side: Sequential?
  private let restoration: Sequential

  /// Creates a level with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - channels: the channels of the latent, a multiple of `groups`.
  ///   - isCoarsest: whether no level comes after it.
  ///   - nonlinearity: makes the non-linearity of a block that halves the sides, or the inverse one of a block that doubles them.
  init(
    channels: Int, groups: Int, size: Int, isCoarsest: Bool, nonlinearity: (_ channels: Int, _ inverse: Bool) throws -> any Layer,
    seeds: SeedSequence
  ) throws {
    func block() throws -> any Layer { try PreactivatedBlock.keepingSides(channels: channels, seeds: seeds) }
    func attention() throws -> any Layer { try PreactivatedAttention(channels: channels, seeds: seeds) }
    func convolution() throws -> any Layer {
      try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: 1, seeds: seeds)
    }
    func analysis() throws -> Sequential { Sequential([try block(), try attention(), try convolution()]) }
    func synthesis() throws -> Sequential { Sequential([try attention(), try convolution(), try block()]) }
    reduction = Sequential([
      try PreactivatedBlock.halvingSides(channels: channels, nonlinearity: nonlinearity(channels, false), seeds: seeds), try block(),
      try attention(),
    ])
    head = try analysis()
    residual = isCoarsest ? nil : try analysis()
    codeSynthesis = try synthesis()
    side = isCoarsest ? nil : try synthesis()
    restoration = Sequential([
      try attention(), try block(),
      try PreactivatedBlock.doublingSides(channels: channels, nonlinearity: nonlinearity(channels, true), seeds: seeds),
    ])
    codebook = try FrequencyCodebook(groups: groups, size: size, dimension: channels / groups, seeds: seeds)
  }

  /// The networks and the codebooks.
  public var members: [Member] {
    let ends: [Member] = [.module("reduction", reduction), .module("head", head)] + (residual.map { [.module("residual", $0)] } ?? [])
    let way: [Member] = [.module("code", codeSynthesis)] + (side.map { [.module("side", $0)] } ?? [])
    return ends + way + [.module("restoration", restoration), .module("codebook", codebook)]
  }

  /// Returns z, and q, `[N, C, H/2, W/2]`, of what the level is given, `[N, C, H, W]`.
  func analyze(_ input: Tensor) throws -> (features: Tensor, vectors: Tensor) {
    let features = try reduction.traced(input)
    return (features, try head.traced(features))
  }

  /// Returns what the next level is given; nil of the coarsest.
  func remainder(_ features: Tensor, quantized: Tensor) throws -> Tensor? {
    try residual.map { try $0.traced(features) - quantized }
  }

  /// Returns what the level restores, `[N, C, H, W]`, of its entries and of what the next one restored, nil for the coarsest.
  func restore(_ quantized: Tensor, coarser: Tensor?) throws -> Tensor {
    let own = try codeSynthesis.traced(quantized)
    guard let side, let coarser else { return try restoration.traced(own) }
    return try restoration.traced(own + side.traced(coarser))
  }
}
