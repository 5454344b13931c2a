import Layers
public import Torch

/// The hyper analysis of the symmetrical transformer: five convolutions 3×3 with Gaussian error linear units between, whose widths fall by even steps.
///
///     y ─ conv ─ conv ─ conv↓ ─ conv ─ conv↓ ─ z          M→M→w₁→w₂→w₃→N, w_k = M − k·(M − N)/4
///
/// `[N, M, H, W]` → `[N, N, H/4, W/4]`. Zou, Song, Zhang, "The devil is in the details: window-based attention for image compression", CVPR 2022, as in the authors'
/// code, Googolxx/STF, where M = 384 and N = 192; their model of convolutions has the same of 320 and 192.
public final class STFHyperAnalysis: Layer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of the output.
  ///   - expansionChannels: M, the channels of the input.
  ///   - nonlinearity: makes the non-linearity after the layer with so many channels; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, nonlinearity: (_ channels: Int) throws -> any Layer, seeds: SeedSequence) throws {
    let widths = Self.widths(channels: channels, expansionChannels: expansionChannels)
    let layers = try zip([expansionChannels] + widths, zip(widths, [1, 1, 2, 1, 2])).flatMap { input, output -> [any Layer] in
      [
        try Convolution(inputChannels: input, outputChannels: output.0, kernel: 3, stride: output.1, seeds: seeds),
        try nonlinearity(output.0),
      ]
    }
    self.layers = Sequential(Array(layers.dropLast()))
  }

  /// The channels after each layer.
  static func widths(channels: Int, expansionChannels: Int) -> [Int] {
    (0...4).map { expansionChannels - $0 * (expansionChannels - channels) / 4 }
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }
}

/// The hyper synthesis of the symmetrical transformer: two networks, one for scales and one for means, whose outputs are put together in this order.
///
///     ẑ ─ conv ─ subpel↑ ─ conv ─ subpel↑ ─ conv ─ half of ψ          N→w₃→w₂→w₁→M→M
///
/// `[N, N, H, W]` → `[N, 2·M, 4·H, 4·W]`, all kernels 3×3, Gaussian error linear units between. The sources and the widths are those of ``STFHyperAnalysis``.
public final class STFHyperSynthesis: Layer {
  private let scales: Sequential
  private let means: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of the input.
  ///   - expansionChannels: M, half the channels of the output.
  ///   - nonlinearity: makes the non-linearity after the layer with so many channels; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, nonlinearity: (_ channels: Int) throws -> any Layer, seeds: SeedSequence) throws {
    let widths = Array(STFHyperAnalysis.widths(channels: channels, expansionChannels: expansionChannels).reversed())
    let outputs = Array(widths.dropFirst()) + [expansionChannels]
    func network() throws -> Sequential {
      let layers = try zip(widths, outputs).enumerated().flatMap { number, ends -> [any Layer] in
        let layer: any Layer =
          number % 2 == 0
          ? try Convolution(inputChannels: ends.0, outputChannels: ends.1, kernel: 3, stride: 1, seeds: seeds)
          : try SubpixelConvolution(inputChannels: ends.0, outputChannels: ends.1, seeds: seeds)
        return [layer, try nonlinearity(ends.1)]
      }
      return Sequential(Array(layers.dropLast()))
    }
    (scales, means) = (try network(), try network())
  }

  /// Both networks under the authors' names.
  public var members: [Member] { [.module("h_scale_s", scales), .module("h_mean_s", means)] }

  /// Returns the scales and the means.
  public func forward(_ input: Tensor) throws -> Tensor {
    try Tensor.concatenated([scales.forward(input), means.forward(input)], along: 1)
  }
}
