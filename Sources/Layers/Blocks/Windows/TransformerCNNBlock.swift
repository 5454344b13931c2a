public import Torch

/// The block of a transformer and a convolutional network side by side, each on half of the channels: `[N, C, H, W]` to the same, C even.
///
///     x ─ conv 1×1 ─┬─ C/2: u + residual block(u) ─┬─ conv 1×1 ─(+) x
///                   └─ C/2: (S)W-MSA block ────────┘
///
/// Liu, Sun, Katto, "Learned image compression with mixed transformer-CNN architectures", CVPR 2023, figure 3: the convolutions see near dependencies, the
/// windows farther ones. As in the authors' code a second sum goes around the residual block (``ResidualBlock``), and blocks over still and moved windows take
/// turns. Windows are those of ``SwinBlock``. The state is that of `ConvTransBlock` in jmliu206/LIC_TCM.
public final class TransformerCNNBlock: Layer {
  private let half: Int
  private let attention: SwinLayer
  private let split: Convolution
  private let join: Convolution
  private let residual: ResidualBlock

  /// Creates a block with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - channels: C, an even number.
  ///   - heads: the heads of the attention, a divisor of C/2.
  ///   - window: the side of a window.
  ///   - isMoved: whether windows are moved by half of their side.
  public init(channels: Int, heads: Int, window: Int, isMoved: Bool, ratio: Double = 4, seeds: SeedSequence) throws {
    precondition(channels.isMultiple(of: 2), "checked by the plan")
    half = channels / 2
    attention = try SwinLayer(
      channels: half, heads: heads, grid: WindowGrid(window: window, shift: isMoved ? window / 2 : 0), ratio: ratio, naming: .mixture,
      seeds: seeds)
    split = try Convolution(inputChannels: channels, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)
    join = try Convolution(inputChannels: channels, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)
    residual = try ResidualBlock(channels: half, seeds: seeds)
  }

  /// The parts under the names of the authors' code.
  public var members: [Member] {
    [.module("trans_block", attention), .module("conv1_1", split), .module("conv1_2", join), .module("conv_block", residual)]
  }

  /// Returns the input with what both halves make of it added.
  public func forward(_ input: Tensor) throws -> Tensor {
    let parts = try split.forward(input)
    let near = try parts.narrowed(1, from: 0, length: half)
    let far = try parts.narrowed(1, from: half, length: half)
    let joined = try Tensor.concatenated(
      [residual.forward(near) + near, attention.forward(far.asTokens()).fromTokens()], along: 1)
    return try join.forward(joined) + input
  }
}
