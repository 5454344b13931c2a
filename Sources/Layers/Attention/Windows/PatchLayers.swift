public import Torch

/// Patches of a picture as the places of a smaller one: `[N, Cin, H, W]` to `[N, Cout, ⌈H/p⌉, ⌈W/p⌉]`.
///
/// A convolution p×p with the stride p and a layer normalization over channels; what is missing of the last patches counts as zeros. Liu et al., "Swin
/// transformer", ICCV 2021, section 3.1. The state is that of `PatchEmbed` in Googolxx/STF.
public final class PatchEmbedding: Layer {
  private let weight: Parameter  // [Cout, Cin, p, p]
  private let bias: Parameter  // [Cout]
  private let normalization: LayerNormalization
  private let side: Int

  /// Creates the layer with random weights drawn from `seeds`.
  ///
  /// - Parameter side: p.
  public init(inputChannels: Int, outputChannels: Int, side: Int, seeds: SeedSequence) throws {
    let limit = 1 / Double(inputChannels * side * side).squareRoot()
    weight = try Parameter(Tensor.uniform([outputChannels, inputChannels, side, side], in: -limit...limit, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([outputChannels], in: -limit...limit, seed: seeds.next()))
    normalization = try LayerNormalization(features: outputChannels)
    self.side = side
  }

  /// The convolution and the normalization.
  public var members: [Member] {
    [.module("proj", Projection(members: [.parameter("weight", weight), .parameter("bias", bias)])), .module("norm", normalization)]
  }

  private final class Projection: Module {
    let members: [Member]

    init(members: [Member]) { self.members = members }
  }

  /// Returns the patches.
  public func forward(_ input: Tensor) throws -> Tensor {
    let whole = try input.filledUp(to: side)
    let patches = try whole.convolved(weight: weight.tensor, bias: bias.tensor, stride: side)
    return try normalization.forward(patches.asTokens()).fromTokens()
  }
}

/// Squares of four places as one: `[N, C, H, W]` to `[N, 2·C, ⌈H/2⌉, ⌈W/2⌉]`.
///
/// A layer normalization over the 4·C channels of a square and a linear layer without a bias; what is missing of the last squares counts as zeros. Liu et al.,
/// "Swin transformer", ICCV 2021, section 3.1. The state is that of `PatchMerging` in Googolxx/STF, with its order of the four places: columns first.
public final class PatchMerging: Layer {
  private let normalization: LayerNormalization
  private let reduction: LinearLayer

  /// Creates the layer over `channels` channels with random weights drawn from `seeds`.
  public init(channels: Int, seeds: SeedSequence) throws {
    normalization = try LayerNormalization(features: 4 * channels)
    reduction = try LinearLayer(inputs: 4 * channels, outputs: 2 * channels, hasBias: false, seeds: seeds)
  }

  /// The linear layer and the normalization.
  public var members: [Member] { [.module("reduction", reduction), .module("norm", normalization)] }

  /// Returns the squares.
  public func forward(_ input: Tensor) throws -> Tensor {
    let tokens = try input.filledUp(to: 2).asTokens()
    let shape = tokens.shape
    let squares = try tokens.reshaped([shape[0], shape[1] / 2, 2, shape[2] / 2, 2, shape[3]]).permuted([0, 1, 3, 4, 2, 5])
      .reshaped([shape[0], shape[1] / 2, shape[2] / 2, 4 * shape[3]])
    return try reduction.forward(normalization.forward(squares)).fromTokens()
  }
}

/// Each place as a square of four: `[N, C, H, W]` to `[N, C/2, 2·H, 2·W]`, C even.
///
/// A layer normalization, a linear layer to 2·C channels without a bias, and those laid out as pixels. Zou, Song, Zhang, "The devil is in the details:
/// window-based attention for image compression", CVPR 2022, section 3.3. The state is that of `PatchSplit` in Googolxx/STF.
public final class PatchSplitting: Layer {
  private let normalization: LayerNormalization
  private let expansion: LinearLayer

  /// Creates the layer over `channels` channels with random weights drawn from `seeds`.
  public init(channels: Int, seeds: SeedSequence) throws {
    precondition(channels.isMultiple(of: 2), "checked by the plan")
    normalization = try LayerNormalization(features: channels)
    expansion = try LinearLayer(inputs: channels, outputs: 2 * channels, hasBias: false, seeds: seeds)
  }

  /// The linear layer and the normalization.
  public var members: [Member] { [.module("reduction", expansion), .module("norm", normalization)] }

  /// Returns the squares.
  public func forward(_ input: Tensor) throws -> Tensor {
    try expansion.forward(normalization.forward(input.asTokens())).fromTokens().pixelsShuffled(factor: 2)
  }
}

extension Tensor {
  /// `[N, C, H, W]` with zeros at the right and at the bottom up to sides that are multiples of `side`.
  fileprivate func filledUp(to side: Int) throws(TorchError) -> Tensor {
    let (right, bottom) = ((side - shape[3] % side) % side, (side - shape[2] % side) % side)
    return right + bottom == 0 ? self : try padded(left: 0, right: right, top: 0, bottom: bottom)
  }
}
