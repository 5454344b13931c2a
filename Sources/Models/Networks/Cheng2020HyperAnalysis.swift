import Layers
public import Torch

/// The hyper analysis h_a of Cheng and others: five convolutions 3×3, of which the third and the last halve the sides, with a non-linearity between.
///
/// `[N, N, H, W]` → `[N, N, H/4, W/4]`. Cheng et al., "Learned image compression with discretized Gaussian mixture likelihoods and attention
/// modules", CVPR 2020, figure 4.
public final class Cheng2020HyperAnalysis: LocalLayer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of all layers.
  ///   - nonlinearity: makes the non-linearity of one place; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    func convolution(stride: Int) throws -> Convolution {
      try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: stride, seeds: seeds)
    }
    layers = Sequential([
      try convolution(stride: 1), try nonlinearity(), try convolution(stride: 1), try nonlinearity(), try convolution(stride: 2),
      try nonlinearity(), try convolution(stride: 1), try nonlinearity(), try convolution(stride: 2),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
