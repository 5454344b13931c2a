import LatentModels
import Layers
public import Torch

/// Two encoders beside each other, of which one goes on to fewer places: pictures to two packed latents, see `PairLayout`.
///
///     y_H = a_H(x), y_L = ↓(a_L(x))
///
/// ↓ halves the sides by convolutions 5×5, with a non-linearity before each. Fu et al., "Learned image compression with dual-branch encoder and conditional information
/// coding", 2024: the branches learn local and global information, each for itself.
public final class DualBranchEncoder: LocalLayer {
  private let high: any Layer
  private let low: Sequential
  private let layout: PairLayout

  /// Creates an encoder of both branches; `low` has the steps to fewer places at its end.
  init(high: any Layer, low: Sequential, layout: PairLayout) { (self.high, self.low, self.layout) = (high, low, layout) }

  /// Both branches.
  public var members: [Member] { [.module("high", high), .module("low", low)] }

  /// Returns both latents, packed.
  public func forward(_ input: Tensor) throws -> Tensor {
    try layout.packed(LatentPair(high: high.forward(input), low: low.forward(input)))
  }

  /// The rows that either branch needs.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    let own = layout.factor * rows.lowerBound..<layout.factor * rows.upperBound
    let (ofHigh, ofLow) = (try high.neededRows(for: own), try low.neededRows(for: rows))
    return min(ofHigh.lowerBound, ofLow.lowerBound)..<max(ofHigh.upperBound, ofLow.upperBound)
  }
}

/// The way back: the latent of fewer places is enlarged and joined to the other one, and a decoder makes pictures of both.
///
///     x̂ = g(ŷ_H, ↑(ŷ_L))
///
/// ↑ doubles the sides by transposed convolutions 5×5, with a non-linearity behind each.
public final class DualBranchDecoder: LocalLayer {
  private let enlargement: Sequential
  private let decoder: any Layer
  private let layout: PairLayout

  /// Creates a decoder for the channels of both latents together.
  init(enlargement: Sequential, decoder: any Layer, layout: PairLayout) {
    (self.enlargement, self.decoder, self.layout) = (enlargement, decoder, layout)
  }

  /// The enlargement and the decoder.
  public var members: [Member] { [.module("up", enlargement), .module("decoder", decoder)] }

  /// Returns the pictures of packed latents.
  public func forward(_ input: Tensor) throws -> Tensor {
    let pair = try layout.unpacked(input)
    return try decoder.forward(Tensor.concatenated([pair.high, enlargement.forward(pair.low)], along: 1))
  }

  /// The rows of packed latents that the decoder needs of either.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    let needed = try decoder.neededRows(for: rows)
    let ofLow = try enlargement.inputRows(for: needed)
    // The factor is a power of two, and a shift rounds down below zero, too.
    let steps = layout.factor.trailingZeroBitCount
    return min(needed.lowerBound >> steps, ofLow.lowerBound)..<max(((needed.upperBound - 1) >> steps) + 1, ofLow.upperBound)
  }
}
