public import Torch

/// A residual block of generalised octave convolutions: `[N, C, H, W]` to the same, for any sides.
///
///     (h, l) = o₁(x), (h', l') = o₂(h, l), out = x + o₃(h', l')
///
/// o are generalised octave convolutions 3×3 (``OctaveConvolution``); the first one divides the channels into (1 − α)·C for high and α·C for low frequencies at
/// half the sides, and the last one joins them. Akbari, Liang, Han, Tu, "Learned multi-resolution variable-rate image compression with octave-based residual
/// blocks", 2020, section 3, builds its residual blocks of such layers between features that stay at two resolutions; here the block divides and joins by
/// itself, so that it can stand in the place of any other. The last layer has no non-linearities, as the last one of a residual block has none.
///
/// Low frequencies belong to pairs of rows from the first one on, so what a part of the rows gives depends on where it begins; the block therefore does not say how far
/// it sees.
public final class OctaveResidualBlock: Layer {
  private let layers: [OctaveConvolution]

  /// Creates a block with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - channels: C.
  ///   - ratio: α, more than 0 and less than 1.
  ///   - activation: makes a non-linearity for a number of channels; called anew for each place.
  public init(channels: Int, ratio: Double = 0.5, activation: @escaping (Int) throws -> any Layer, seeds: SeedSequence) throws {
    let (whole, parts) = (OctaveChannels(high: channels), OctaveChannels(channels, ratio: ratio))
    layers = [
      try OctaveConvolution(input: whole, output: parts, kernel: 3, activation: activation, seeds: seeds),
      try OctaveConvolution(input: parts, output: parts, kernel: 3, activation: activation, seeds: seeds),
      try OctaveConvolution(input: parts, output: whole, kernel: 3, seeds: seeds),
    ]
  }

  /// The three layers.
  public var members: [Member] { layers.enumerated().map { .module("conv\($0.offset + 1)", $0.element) } }

  /// Returns the sum of the input and what the layers make of it.
  public func forward(_ input: Tensor) throws -> Tensor {
    try layers.reduce(OctaveFeatures(high: input)) { try $1.forward($0) }.high + input
  }
}
