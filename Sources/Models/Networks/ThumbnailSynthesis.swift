import Layers
public import Torch

/// A small synthesis of thumbnails from a latent: a 3×3 convolution to `width` channels, a leaky rectified linear unit, a sub-pixel convolution to the
/// colours.
///
/// `[N, M, H, W]` → `[N, 3, factor·H, factor·W]`.
public final class ThumbnailSynthesis: LocalLayer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: M, the channels of the latent.
  ///   - width: the channels between the layers.
  ///   - factor: the pixels along each side of an element of the latent.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, width: Int, factor: Int, seeds: SeedSequence) throws {
    layers = Sequential([
      try Convolution(inputChannels: channels, outputChannels: width, kernel: 3, stride: 1, seeds: seeds), LeakyRectifiedLinear(),
      try SubpixelConvolution(inputChannels: width, outputChannels: 3, factor: factor, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the thumbnails, not clamped.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
