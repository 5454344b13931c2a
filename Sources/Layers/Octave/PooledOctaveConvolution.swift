public import Torch

/// An octave convolution as it was first described: features at two resolutions to features at two resolutions.
///
///     y_H = f(x_H) + up(f(x_L)), y_L = f(x_L) + f(pool(x_H))
///
/// f are convolutions of their own weights, pool the means of 2×2 places and up the nearest neighbour. Chen et al., "Drop an octave: reducing spatial redundancy
/// in convolutional neural networks with octave convolution", ICCV 2019, eq. 6 and 7. With a stride of 2 the high frequencies are pooled before, and what
/// comes from the low ones has the right sides already. Where a side is odd, the last mean is of what is there, and what `up` gives beyond the side is
/// dropped. The state has the names that implementations in PyTorch share, `conv_h2h`, `conv_l2l`, `conv_h2l` and `conv_l2h`; each has a bias.
public final class PooledOctaveConvolution: OctaveLayer {
  private let highToHigh: Convolution
  private let lowToLow: Convolution?
  private let highToLow: Convolution?
  private let lowToHigh: Convolution?
  private let isStrided: Bool

  /// Creates a layer with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - kernel: the side of all kernels, an odd number.
  ///   - stride: 1 or 2.
  public init(input: OctaveChannels, output: OctaveChannels, kernel: Int = 3, stride: Int = 1, seeds: SeedSequence) throws(TorchError) {
    precondition(stride == 1 || stride == 2, "an octave convolution has a stride of 1 or 2")
    func convolution(_ inputs: Int, _ outputs: Int) throws(TorchError) -> Convolution? {
      guard inputs > 0, outputs > 0 else { return nil }
      return try Convolution(inputChannels: inputs, outputChannels: outputs, kernel: kernel, stride: 1, seeds: seeds)
    }
    highToHigh = try Convolution(inputChannels: input.high, outputChannels: output.high, kernel: kernel, stride: 1, seeds: seeds)
    lowToLow = try convolution(input.low, output.low)
    highToLow = try convolution(input.high, output.low)
    lowToHigh = try convolution(input.low, output.high)
    isStrided = stride == 2
  }

  /// The convolutions.
  public var members: [Member] {
    let all = [("conv_l2l", lowToLow), ("conv_l2h", lowToHigh), ("conv_h2l", highToLow), ("conv_h2h", highToHigh)]
    return all.compactMap { name, layer in layer.map { .module(name, $0) } }
  }

  /// Returns the features.
  public func forward(_ input: OctaveFeatures) throws -> OctaveFeatures {
    let given = isStrided ? try input.high.averagePooled(side: 2) : input.high
    var high = try highToHigh.forward(given)
    if let lowToHigh, let low = input.low {
      let own = try lowToHigh.forward(low)
      high = try high + (isStrided ? own : own.repeatedPlaces(factor: 2).cropped(to: high.sides))
    }
    var low = try highToLow?.forward(given.averagePooled(side: 2))
    if let lowToLow, let given = input.low {
      let own = try lowToLow.forward(isStrided ? given.averagePooled(side: 2) : given)
      low = try low.map { try $0 + own } ?? own
    }
    return OctaveFeatures(high: high, low: low)
  }

  /// What the convolutions need of both resolutions.
  public func inputRows(for rows: OctaveRows) -> OctaveRows {
    func pooled(_ rows: Range<Int>) -> Range<Int> { 2 * rows.lowerBound..<2 * rows.upperBound }
    var high = highToHigh.inputRows(for: rows.high)
    var low: Range<Int>?
    if let highToLow, let own = rows.low { high = high.covering(pooled(highToLow.inputRows(for: own))) }
    if let lowToHigh {
      let halves = rows.high.lowerBound.dividedRoundingDown(by: 2)..<((rows.high.upperBound - 1).dividedRoundingDown(by: 2) + 1)
      low = lowToHigh.inputRows(for: isStrided ? rows.high : halves)
    }
    if let lowToLow, let own = rows.low {
      let needed = lowToLow.inputRows(for: own)
      low = low?.covering(isStrided ? pooled(needed) : needed) ?? (isStrided ? pooled(needed) : needed)
    }
    return OctaveRows(high: isStrided ? pooled(high) : high, low: low)
  }
}
