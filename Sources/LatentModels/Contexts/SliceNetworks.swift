import Layers
public import Torch

/// What the networks of ``ChannelwiseContext`` are made of: convolutions with a unit between, and what is before them.
public struct SliceNetworks: Sendable {
  /// The channels between the layers.
  public let widths: [Int]
  /// The side of the kernels, odd.
  public let kernel: Int
  private let unit: @Sendable (_ channels: Int) throws -> any Layer
  /// Makes what the input of so many channels goes through first, of as many; nil for nothing.
  public let attention: (@Sendable (_ channels: Int, _ seeds: SeedSequence) throws -> any Layer)?

  /// Creates a description; as it stands it is that of Minnen and Singh (2020).
  ///
  /// - Parameter unit: makes the unit between two layers; nil for rectified linear units.
  public init(
    widths: [Int] = [224, 128], kernel: Int = 5, unit: (@Sendable (_ channels: Int) throws -> any Layer)? = nil,
    attention: (@Sendable (_ channels: Int, _ seeds: SeedSequence) throws -> any Layer)? = nil
  ) {
    (self.widths, self.kernel, self.attention) = (widths, kernel, attention)
    self.unit = unit ?? { _ in RectifiedLinear() }
  }

  /// Returns a network.
  func network(from inputs: Int, to outputs: Int, seeds: SeedSequence) throws -> Sequential {
    let ends = zip([inputs] + widths, widths + [outputs])
    let layers = try ends.flatMap { input, output -> [any Layer] in
      [try Convolution(inputChannels: input, outputChannels: output, kernel: kernel, stride: 1, seeds: seeds), try unit(output)]
    }
    return Sequential(Array(layers.dropLast()))
  }
}
