public import Torch

/// An octave convolution in its generalised form: features at two resolutions to features at two resolutions.
///
///     y_HH = a(f(x_H)), y_LL = a(f(x_L))
///     y_H = y_HH + a(g↑2(y_LL)), y_L = y_LL + a(f↓2(y_HH))
///
/// f are convolutions, f↓2 one that halves the sides and g↑2 a transposed one that doubles them, in the places of the pooling and interpolation of
/// ``PooledOctaveConvolution``; a are non-linearities, inside the layer. Akbari, Liang, Han, Tu, "Learned bi-resolution image coding using generalized octave
/// convolutions", AAAI 2021, section 3 and figure 2. Without low frequencies in the input (the first layer) the ways from them are missing; without those in the
/// output (the last one) low frequencies end in what is added to the high ones, and f(x_L) has the channels of the output.
///
/// What the paper leaves open: the kernels of the exchange are 3×3, whatever those of f are. Where a side is odd, low frequencies have half of it rounded up, and what g↑2
/// gives beyond the side is dropped. Names of the state are those of ways, `h2h`, `l2l`, `h2l` and `l2h`; the authors published none.
public final class OctaveConvolution: OctaveLayer {
  private let paths: OctavePaths

  /// Creates a layer with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - kernel: the side of the kernels within a resolution, an odd number.
  ///   - exchangeKernel: the side of those between both.
  ///   - stride: by which the sides of both resolutions are divided.
  ///   - activation: makes a non-linearity for a number of channels; called anew for each place. Nil for none.
  public init(
    input: OctaveChannels, output: OctaveChannels, kernel: Int = 5, exchangeKernel: Int = 3, stride: Int = 1,
    activation: ((Int) throws -> any Layer)? = nil, seeds: SeedSequence
  ) throws {
    func way(_ layer: any Layer, _ channels: Int) throws -> any Layer {
      Sequential([layer] + (try activation.map { [try $0(channels)] } ?? []))
    }
    func convolution(_ inputs: Int, _ outputs: Int) throws -> any Layer {
      try way(Convolution(inputChannels: inputs, outputChannels: outputs, kernel: kernel, stride: stride, seeds: seeds), outputs)
    }
    func reduction(_ inputs: Int, _ outputs: Int) throws -> any Layer {
      try way(Convolution(inputChannels: inputs, outputChannels: outputs, kernel: exchangeKernel, stride: 2, seeds: seeds), outputs)
    }
    func enlargement(_ inputs: Int, _ outputs: Int) throws -> any Layer {
      try way(
        TransposedConvolution(inputChannels: inputs, outputChannels: outputs, kernel: exchangeKernel, stride: 2, seeds: seeds), outputs)
    }
    let inner = output.low > 0 ? output.low : output.high
    paths = OctavePaths(
      highToHigh: try convolution(input.high, output.high),
      lowToLow: input.low > 0 ? try convolution(input.low, inner) : nil,
      highToLow: output.low > 0 ? try reduction(output.high, output.low) : nil,
      lowToHigh: input.low > 0 ? try enlargement(inner, output.high) : nil)
  }

  /// The ways.
  public var members: [Member] { paths.members }

  /// Returns the features.
  public func forward(_ input: OctaveFeatures) throws -> OctaveFeatures { try paths.forward(input) }

  /// What all ways need.
  public func inputRows(for rows: OctaveRows) throws(UnknownReach) -> OctaveRows { try paths.inputRows(for: rows) }
}
