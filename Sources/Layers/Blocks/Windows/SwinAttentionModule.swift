public import Torch

/// The attention module of an entropy model: `[N, Cin, H, W]` to `[N, Cout, H, W]`.
///
///     x ─ conv 1×1 (to D) ─ u;  out = conv 1×1(u + a(u) · σ(b(s(u))))
///
/// a and b are those of ``AttentionBlock``, s are two Swin blocks, the second over moved windows. Liu, Sun, Katto, "Learned image compression with mixed
/// transformer-CNN architectures", CVPR 2023, figure 5 (SWAtten). Where a side is no longer than a window, the authors' code pads the mask branch alone; here
/// windows are smaller at the border (see ``SwinBlock``). The state is that of `SWAtten` in jmliu206/LIC_TCM.
public final class SwinAttentionModule: Layer {
  private let enter: Convolution
  private let leave: Convolution
  private let trunk: Sequential
  private let mask: Sequential
  private let first: SwinLayer
  private let second: SwinLayer

  /// Creates the module with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - width: D, a multiple of `heads`.
  ///   - window: the side of a window.
  public init(inputChannels: Int, outputChannels: Int, width: Int, heads: Int, window: Int, seeds: SeedSequence) throws {
    func units() throws -> [any Layer] { try (0..<3).map { _ in try BottleneckUnit(channels: width, seeds: seeds) } }
    func convolution(_ input: Int, _ output: Int) throws -> Convolution {
      try Convolution(inputChannels: input, outputChannels: output, kernel: 1, stride: 1, seeds: seeds)
    }
    func block(_ shift: Int) throws -> SwinLayer {
      try SwinLayer(channels: width, heads: heads, grid: WindowGrid(window: window, shift: shift), naming: .mixture, seeds: seeds)
    }
    trunk = Sequential(try units())
    mask = Sequential(try units() + [convolution(width, width)])
    (first, second) = (try block(0), try block(window / 2))
    (enter, leave) = (try convolution(inputChannels, width), try convolution(width, outputChannels))
  }

  /// The parts under the names of the authors' code.
  public var members: [Member] {
    let blocks = Pair(members: [.module("block_1", first), .module("block_2", second)])
    return [
      .module("conv_a", trunk), .module("conv_b", mask), .module("non_local_block", blocks), .module("in_conv", enter),
      .module("out_conv", leave),
    ]
  }

  private final class Pair: Module {
    let members: [Member]

    init(members: [Member]) { self.members = members }
  }

  /// Returns what the mask lets through of the trunk, with what entered added.
  public func forward(_ input: Tensor) throws -> Tensor {
    let entered = try enter.forward(input)
    let seen = try second.forward(first.forward(entered.asTokens())).fromTokens()
    return try leave.forward(trunk.forward(entered) * mask.forward(seen).sigmoid() + entered)
  }
}
