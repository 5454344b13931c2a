import LatentModels
import Layers
import Torch

/// The numbers of channels of an octave network, and what makes its non-linearities.
struct OctaveWidths {
  /// N, between the layers and of the further latents.
  let channels: Int
  /// M, of the latents.
  let expansionChannels: Int
  /// α.
  let ratio: Double
  /// Makes a non-linearity for a number of channels.
  let nonlinearity: (Int) throws -> any Layer

  /// C channels of both resolutions.
  func divided(_ channels: Int) -> OctaveChannels { OctaveChannels(channels, ratio: ratio) }
}

extension PairLayout {
  /// The latents of an octave network.
  init(_ channels: OctaveChannels) { self.init(high: channels.high, low: channels.low, factor: 2) }
}

extension OctaveNetwork {
  /// Four generalised octave convolutions 5×5 that halve the sides, with non-linearities but in the last: `[N, 3, H, W]` to latents at H/16 and H/32.
  static func encoder(_ widths: OctaveWidths, seeds: SeedSequence) throws -> OctaveNetwork {
    let (n, m) = (widths.divided(widths.channels), widths.divided(widths.expansionChannels))
    func layer(_ input: OctaveChannels, _ output: OctaveChannels, last: Bool = false) throws -> OctaveConvolution {
      try OctaveConvolution(input: input, output: output, stride: 2, activation: last ? nil : widths.nonlinearity, seeds: seeds)
    }
    return OctaveNetwork(
      [try layer(OctaveChannels(high: 3), n), try layer(n, n), try layer(n, n), try layer(n, m, last: true)], input: nil,
      output: PairLayout(m))
  }

  /// Four generalised transposed octave convolutions 5×5 that double the sides, the way back of ``encoder(_:seeds:)``.
  static func decoder(_ widths: OctaveWidths, seeds: SeedSequence) throws -> OctaveNetwork {
    let (n, m) = (widths.divided(widths.channels), widths.divided(widths.expansionChannels))
    func layer(_ input: OctaveChannels, _ output: OctaveChannels, first: Bool = false) throws -> OctaveTransposedConvolution {
      try OctaveTransposedConvolution(input: input, output: output, activation: first ? nil : widths.nonlinearity, seeds: seeds)
    }
    return OctaveNetwork(
      [try layer(m, n, first: true), try layer(n, n), try layer(n, n), try layer(n, OctaveChannels(high: 3))], input: PairLayout(m),
      output: nil)
  }

  /// A generalised octave convolution 3×3 and two 5×5 that halve the sides: latents to further latents.
  static func hyperAnalysis(_ widths: OctaveWidths, seeds: SeedSequence) throws -> OctaveNetwork {
    let (n, m) = (widths.divided(widths.channels), widths.divided(widths.expansionChannels))
    return OctaveNetwork(
      [
        try OctaveConvolution(input: m, output: n, kernel: 3, activation: widths.nonlinearity, seeds: seeds),
        try OctaveConvolution(input: n, output: n, stride: 2, activation: widths.nonlinearity, seeds: seeds),
        try OctaveConvolution(input: n, output: n, stride: 2, seeds: seeds),
      ], input: PairLayout(m), output: PairLayout(n))
  }

  /// Two generalised transposed octave convolutions 5×5 that double the sides and one 3×3: further latents to what predicts the latents.
  static func hyperSynthesis(_ widths: OctaveWidths, seeds: SeedSequence) throws -> OctaveNetwork {
    let (n, m) = (widths.divided(widths.channels), widths.divided(widths.expansionChannels))
    let between = OctaveChannels(high: m.high * 3 / 2, low: m.low * 3 / 2)
    let output = OctaveChannels(high: 2 * m.high, low: 2 * m.low)
    return OctaveNetwork(
      [
        try OctaveTransposedConvolution(input: n, output: m, seeds: seeds),
        try OctaveTransposedConvolution(input: m, output: between, activation: widths.nonlinearity, seeds: seeds),
        try OctaveTransposedConvolution(
          input: between, output: output, kernel: 3, stride: 1, activation: widths.nonlinearity, seeds: seeds),
      ], input: PairLayout(n), output: PairLayout(output))
  }
}
