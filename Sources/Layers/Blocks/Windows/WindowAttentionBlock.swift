public import Torch

/// The window-based attention module: a mask in 0…1 that a branch with attention within windows computes for the other branch.
///
///     out = x + a(x) · σ(b(x))          a: 3 residual units; b: attention within windows, 3 residual units and a convolution 1×1
///
/// `[N, C, H, W]` to the same. Zou, Song, Zhang, "The devil is in the details: window-based attention for image compression", CVPR 2022, figure 4: the simplified
/// attention module of Cheng et al. (2020) with a window-based block y = x + W-MSA(x) before its mask branch, and Gaussian error linear units. In the authors'
/// code the windows are moved by half of their side, which is the default here, too; at the border they are smaller (see ``SwinBlock``). The state is that of
/// `Win_noShift_Attention` in Googolxx/STF.
public final class WindowAttentionBlock: Layer {
  private let trunk: Sequential
  private let mask: Sequential

  /// Creates a block over `channels` channels with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - heads: a divisor of `channels`.
  ///   - window: the side of a window.
  ///   - shift: by how much windows are moved, less than `window`.
  public init(channels: Int, heads: Int, window: Int, shift: Int, seeds: SeedSequence) throws {
    func units() throws -> [any Layer] { try (0..<3).map { _ in try SmoothBottleneckUnit(channels: channels, seeds: seeds) } }
    trunk = Sequential(try units())
    mask = Sequential(
      [try ResidualWindowAttention(channels: channels, heads: heads, grid: WindowGrid(window: window, shift: shift), seeds: seeds)]
        + (try units()) + [try Convolution(inputChannels: channels, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)])
  }

  /// Both branches.
  public var members: [Member] { [.module("conv_a", trunk), .module("conv_b", mask)] }

  /// Returns the input with the masked trunk added.
  public func forward(_ input: Tensor) throws -> Tensor { try trunk.forward(input) * mask.forward(input).sigmoid() + input }
}

/// Attention within windows around which the input is added: out = x + W-MSA(x).
final class ResidualWindowAttention: Layer {
  private let attention: WindowSelfAttention

  init(channels: Int, heads: Int, grid: WindowGrid, seeds: SeedSequence) throws {
    attention = try WindowSelfAttention(channels: channels, heads: heads, grid: grid, seeds: seeds)
  }

  var members: [Member] { [.module("attn", attention)] }

  func forward(_ input: Tensor) throws -> Tensor { try attention.forward(input.asTokens()).fromTokens() + input }
}

/// A residual unit at half the channels with Gaussian error linear units g: out = g(x + conv1×1(g(conv3×3(g(conv1×1(x)))))).
final class SmoothBottleneckUnit: Layer {
  private let layers: Sequential
  private let unit = GaussianErrorLinear()

  init(channels: Int, seeds: SeedSequence) throws {
    let half = max(1, channels / 2)
    layers = Sequential([
      try Convolution(inputChannels: channels, outputChannels: half, kernel: 1, stride: 1, seeds: seeds), GaussianErrorLinear(),
      try Convolution(inputChannels: half, outputChannels: half, kernel: 3, stride: 1, seeds: seeds), GaussianErrorLinear(),
      try Convolution(inputChannels: half, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds),
    ])
  }

  var members: [Member] { [.module("conv", layers)] }

  func forward(_ input: Tensor) throws -> Tensor { try unit.forward(layers.forward(input) + input) }
}
