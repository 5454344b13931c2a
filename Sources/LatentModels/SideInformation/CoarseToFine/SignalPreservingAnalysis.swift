import Layers
public import Torch

/// The signal-preserving hyper analysis: the sides are halved by laying each square of 2×2 places into channels, not by a stride, so nothing is dropped
/// before the non-linearities, which see more channels than there are outputs.
///
///     conv 3×3 → space to depth 2 → conv 1×1 → ReLU → conv 1×1 → ReLU → conv 1×1
///
/// `[N, C, H, W]` → `[N, O, H/2, W/2]`. Hu, Yang, Liu, "Coarse-to-fine hyper-prior modeling for learned image compression", AAAI 2020; widths and layers as in the authors' code.
public final class SignalPreservingAnalysis: Layer {
  private let first: Convolution
  private let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - spread: the channels of the convolution 3×3.
  ///   - width: the channels between the convolutions 1×1.
  public init(inputChannels: Int, spread: Int, width: Int, outputChannels: Int, seeds: SeedSequence) throws {
    first = try Convolution(inputChannels: inputChannels, outputChannels: spread, kernel: 3, stride: 1, seeds: seeds)
    layers = try EntropyParameters.layers(
      widths: [4 * spread, width, width, outputChannels], unit: { RectifiedLinear() }, seeds: seeds)
  }

  /// The convolution 3×3 and those after the layout.
  public var members: [Member] { [.module("spread", first), .module("layers", layers)] }

  /// Returns the coarser latent.
  public func forward(_ input: Tensor) throws -> Tensor {
    try layers.traced(first.traced(input).pixelsUnshuffled(factor: 2))
  }
}

/// The signal-preserving hyper synthesis, the way back of ``SignalPreservingAnalysis``.
///
///     conv 1×1 → conv 1×1 → ReLU → conv 1×1 → ReLU → depth to space 2 → conv 3×3
///
/// `[N, C, H, W]` → `[N, O, 2·H, 2·W]`. Hu, Yang, Liu, AAAI 2020; that no unit stands between the first two is the authors' code.
public final class SignalPreservingSynthesis: Layer {
  private let layers: Sequential
  private let last: Convolution

  /// Creates the transform.
  ///
  /// - Parameter width: the channels of the convolutions 1×1, a multiple of 4.
  public init(inputChannels: Int, width: Int, outputChannels: Int, seeds: SeedSequence) throws {
    precondition(width.isMultiple(of: 4), "four channels make a square of places")
    func convolution(_ input: Int, _ output: Int) throws -> Convolution {
      try Convolution(inputChannels: input, outputChannels: output, kernel: 1, stride: 1, seeds: seeds)
    }
    layers = Sequential([
      try convolution(inputChannels, width), try convolution(width, width), RectifiedLinear(), try convolution(width, width),
      RectifiedLinear(),
    ])
    last = try Convolution(inputChannels: width / 4, outputChannels: outputChannels, kernel: 3, stride: 1, seeds: seeds)
  }

  /// The convolutions before the layout and the one after it.
  public var members: [Member] { [.module("layers", layers), .module("gather", last)] }

  /// Returns the finer features.
  public func forward(_ input: Tensor) throws -> Tensor { try last.traced(layers.traced(input).pixelsShuffled(factor: 2)) }
}
