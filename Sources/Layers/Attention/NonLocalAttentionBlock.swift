public import Torch

/// The non-local attention module: a mask in 0…1 that a branch with a non-local block computes for the other branch.
///
///     out = x + a(x) · σ(b(x))          a: 3 residual blocks; b: a non-local block, 3 residual blocks and a convolution 1×1
///
/// `[N, C, H, W]` to the same. Chen, Liu, Ma, Shen, Cao, Wang, "End-to-end learnt image compression via non-local attention optimization and improved context
/// modeling", IEEE Transactions on Image Processing 2021; Liu et al., "Non-local attention optimized deep image compression", 2019.
public final class NonLocalAttentionBlock: Layer {
  private let trunk: Sequential
  private let mask: Sequential

  /// Creates a block over `channels` channels with random weights drawn from `seeds`.
  public init(channels: Int, seeds: SeedSequence) throws {
    func blocks() throws -> [any Layer] { try (0..<3).map { _ in try ResidualPair(channels: channels, seeds: seeds) } }
    trunk = Sequential(try blocks())
    mask = Sequential(
      [try NonLocalBlock(channels: channels, seeds: seeds)] + (try blocks())
        + [try Convolution(inputChannels: channels, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)])
  }

  /// Both branches.
  public var members: [Member] { [.module("trunk", trunk), .module("mask", mask)] }

  /// Returns the input with the masked trunk added.
  public func forward(_ input: Tensor) throws -> Tensor { try trunk.traced(input) * mask.traced(input).sigmoid() + input }
}

/// The embedded Gaussian non-local block: each place gets a mean of all others, weighed by similarity.
///
///     out_i = x_i + w(Σ_j softmax_j(θ(x_i) · φ(x_j)) · g(x_j))
///
/// θ, φ, g and w are convolutions 1×1, the inner ones of half the channels. Wang, Girshick, Gupta, He, "Non-local neural networks", CVPR 2018. Places are worked on in pieces: memory grows with their number, time with its square.
final class NonLocalBlock: Layer {
  private let queries: Convolution
  private let keys: Convolution
  private let values: Convolution
  private let output: Convolution

  init(channels: Int, seeds: SeedSequence) throws {
    let half = max(1, channels / 2)
    func convolution(_ input: Int, _ output: Int) throws -> Convolution {
      try Convolution(inputChannels: input, outputChannels: output, kernel: 1, stride: 1, seeds: seeds)
    }
    queries = try convolution(channels, half)
    keys = try convolution(channels, half)
    values = try convolution(channels, half)
    output = try convolution(half, channels)
  }

  var members: [Member] { [.module("theta", queries), .module("phi", keys), .module("g", values), .module("w", output)] }

  func forward(_ input: Tensor) throws -> Tensor {
    let shape = input.shape
    func tokens(_ layer: Convolution) throws -> Tensor {
      let output = try layer.traced(input)
      return try output.reshaped([shape[0], 1, output.shape[1], -1]).permuted([0, 1, 3, 2])
    }
    let attended = try HeadAttention.output(queries: tokens(queries), keys: tokens(keys), values: tokens(values)) { scores, _, _ in scores }
    return try input + output.traced(attended.permuted([0, 2, 1]).reshaped([shape[0], -1, shape[2], shape[3]]))
  }
}

/// A residual block of two convolutions 3×3 with a rectified linear unit between: out = x + conv(ReLU(conv(x))).
final class ResidualPair: Layer {
  private let layers: Sequential

  init(channels: Int, seeds: SeedSequence) throws {
    func convolution() throws -> Convolution {
      try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: 1, seeds: seeds)
    }
    layers = Sequential([try convolution(), RectifiedLinear(), try convolution()])
  }

  var members: [Member] { [.module("conv", layers)] }

  func forward(_ input: Tensor) throws -> Tensor { try layers.traced(input) + input }
}
