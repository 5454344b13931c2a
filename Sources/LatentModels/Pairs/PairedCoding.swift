public import Torch

/// The coding of two latents, each with a context model and densities of its own; the low one may be predicted from the high one, too.
///
///     ŷ_H given ψ_H, then ŷ_L given ψ_L + c(ŷ_H) or ψ_L alone
public final class PairedCoding: ConditionalCoding {
  private let high: any ConditionalCoding
  private let low: any ConditionalCoding
  private let condition: (any Layer)?
  private let layout: PairLayout
  private let hyperLayout: PairLayout

  /// Gathers the parts.
  ///
  /// - Parameters:
  ///   - condition: c, ŷ_H packed to the sides of the low latent and as many channels as ψ_L has; nil for none.
  ///   - layout: that of the latents.
  ///   - hyperLayout: that of ψ, with 0 channels where nothing is told.
  public init(
    high: any ConditionalCoding, low: any ConditionalCoding, condition: (any Layer)?, layout: PairLayout, hyperLayout: PairLayout
  ) {
    (self.high, self.low, self.condition, self.layout, self.hyperLayout) = (high, low, condition, layout, hyperLayout)
  }

  /// All parts.
  public var members: [Member] {
    [.module("high", high), .module("low", low)] + (condition.map { [.module("condition", $0)] } ?? [])
  }

  /// Those of both.
  public var streamCount: Int { high.streamCount + low.streamCount }

  /// Returns both quantised latents and the likelihoods of their elements, packed.
  public func forward(
    _ latent: Tensor, hyper: Tensor?, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: Tensor) {
    let (pair, told) = (try layout.unpacked(latent), try hyperLayout.unpackedParts(hyper))
    let ofHigh = try high.forward(pair.high, hyper: told.high, quantizer: quantizer, noise: noise?.named("_high"))
    let known = try conditioned(told.low, on: ofHigh.values, asCoded: noise == nil)
    let ofLow = try low.forward(pair.low, hyper: known, quantizer: quantizer, noise: noise?.named("_low"))
    return (
      try layout.packed(LatentPair(high: ofHigh.values, low: ofLow.values)),
      try layout.packed(LatentPair(high: ofHigh.likelihoods, low: ofLow.likelihoods))
    )
  }

  /// Returns the payloads of the high latent and then of the low one.
  public func compress(_ latent: Tensor, hyper: Tensor?) throws -> [[[UInt8]]] {
    let (pair, told) = (try layout.unpacked(latent), try hyperLayout.unpackedParts(hyper))
    let streams = try high.compress(pair.high, hyper: told.high)
    guard condition != nil else { return try streams + low.compress(pair.low, hyper: told.low) }
    // What a decoder has of the high latent is read of its own payloads: it is the same to the last bit then.
    let values = try high.decompress(streams, hyper: told.high, height: pair.high.shape[2], width: pair.high.shape[3])
    return try streams + low.compress(pair.low, hyper: conditioned(told.low, on: values, asCoded: true))
  }

  /// Returns ŷ of both, packed.
  public func decompress(_ streams: [[[UInt8]]], hyper: Tensor?, height: Int, width: Int) throws -> Tensor {
    guard streams.count == streamCount else {
      throw LatentModelError.size(expected: "\(streamCount) streams for each picture", found: "\(streams.count)")
    }
    let told = try hyperLayout.unpackedParts(hyper)
    let factor = layout.factor
    let ofHigh = try high.decompress(
      Array(streams.prefix(high.streamCount)), hyper: told.high, height: factor * height, width: factor * width)
    let known = try conditioned(told.low, on: ofHigh, asCoded: true)
    let ofLow = try low.decompress(Array(streams.dropFirst(high.streamCount)), hyper: known, height: height, width: width)
    return try layout.packed(LatentPair(high: ofHigh, low: ofLow))
  }

  /// Computes the tables of both.
  public func updateTables() throws {
    try high.updateTables()
    try low.updateTables()
  }

  /// Returns the coding with a gain, one number or one for each channel of the low latent and then of the high one.
  public func gained(_ gain: Tensor) throws -> (any ConditionalCoding)? {
    guard gain.count == 1 || gain.count == layout.channels else {
      throw LatentModelError.size(expected: "a gain, or one for each of \(layout.channels) channels", found: "\(gain.count)")
    }
    let numbers = try gain.reshaped([-1])
    let ofLow = gain.count == 1 ? numbers : try numbers.narrowed(0, from: 0, length: layout.low)
    let ofHigh = gain.count == 1 ? numbers : try numbers.narrowed(0, from: layout.low, length: layout.high)
    guard let high = try high.gained(ofHigh), let low = try low.gained(ofLow) else { return nil }
    return PairedCoding(high: high, low: low, condition: condition, layout: layout, hyperLayout: hyperLayout)
  }

  /// Returns ψ_L with what ŷ_H says of it.
  private func conditioned(_ told: Tensor?, on values: Tensor, asCoded: Bool) throws -> Tensor? {
    guard let condition else { return told }
    let packed = try values.pixelsUnshuffled(factor: layout.factor)
    let said = asCoded ? try CodingConditions.output(of: condition, for: packed) : try condition.forward(packed)
    return try told.map { try $0 + said } ?? said
  }
}
