public import Torch

/// A transposed octave convolution in its generalised form: features at two resolutions to features at two resolutions, of `stride` times the sides.
///
///     y_HH = g(a(x_H)), y_LL = g(a(x_L))
///     y_H = y_HH + g↑2(a(y_LL)), y_L = y_LL + f↓2(a(y_HH))
///
/// g are transposed convolutions; the rest is as in ``OctaveConvolution``, but for the non-linearities a, which are before the convolutions instead of behind
/// them. Akbari, Liang, Han, Tu, "Learned bi-resolution image coding using generalized octave convolutions", AAAI 2021, section 3 and figure 2. Odd sides and
/// names are as there.
public final class OctaveTransposedConvolution: OctaveLayer {
  private let paths: OctavePaths

  /// Creates a layer with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - kernel: the side of the kernels within a resolution, an odd number.
  ///   - exchangeKernel: the side of those between both, which work at the sides of the output.
  ///   - stride: by which the sides of both resolutions are multiplied.
  ///   - activation: makes a non-linearity for a number of channels; called anew for each place. Nil for none.
  public init(
    input: OctaveChannels, output: OctaveChannels, kernel: Int = 5, exchangeKernel: Int = 3, stride: Int = 2,
    activation: ((Int) throws -> any Layer)? = nil, seeds: SeedSequence
  ) throws {
    func way(_ channels: Int, _ layer: any Layer) throws -> any Layer {
      Sequential((try activation.map { [try $0(channels)] } ?? []) + [layer])
    }
    func enlargement(_ inputs: Int, _ outputs: Int, _ kernel: Int, _ stride: Int) throws -> any Layer {
      try way(inputs, TransposedConvolution(inputChannels: inputs, outputChannels: outputs, kernel: kernel, stride: stride, seeds: seeds))
    }
    func reduction(_ inputs: Int, _ outputs: Int) throws -> any Layer {
      try way(inputs, Convolution(inputChannels: inputs, outputChannels: outputs, kernel: exchangeKernel, stride: 2, seeds: seeds))
    }
    let inner = output.low > 0 ? output.low : output.high
    paths = OctavePaths(
      highToHigh: try enlargement(input.high, output.high, kernel, stride),
      lowToLow: input.low > 0 ? try enlargement(input.low, inner, kernel, stride) : nil,
      highToLow: output.low > 0 ? try reduction(output.high, output.low) : nil,
      lowToHigh: input.low > 0 ? try enlargement(inner, output.high, exchangeKernel, 2) : nil)
  }

  /// The ways.
  public var members: [Member] { paths.members }

  /// Returns the features.
  public func forward(_ input: OctaveFeatures) throws -> OctaveFeatures { try paths.forward(input) }

  /// What all ways need.
  public func inputRows(for rows: OctaveRows) throws(UnknownReach) -> OctaveRows { try paths.inputRows(for: rows) }
}
