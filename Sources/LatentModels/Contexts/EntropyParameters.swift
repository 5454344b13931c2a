import Layers
import Torch

/// Three convolutions 1×1 that make the parameters of densities of features of the same place.
enum EntropyParameters {
  /// Returns the layers from one number of channels to another by even steps, with a unit between.
  ///
  /// - Parameter least: the least width between the layers.
  static func layers(
    from inputs: Int, to outputs: Int, least: Int = 1, unit: () -> any Layer = { LeakyRectifiedLinear() }, seeds: SeedSequence
  ) throws -> Sequential {
    let widths = (0...3).map { step in
      let width = (inputs * (3 - step) + outputs * step) / 3
      return step == 0 || step == 3 ? width : max(width, least)
    }
    return try layers(widths: widths, unit: unit, seeds: seeds)
  }

  /// Returns the layers of given widths with a unit between.
  static func layers(widths: [Int], kernel: Int = 1, unit: () -> any Layer, seeds: SeedSequence) throws -> Sequential {
    let layers = try zip(widths, widths.dropFirst()).flatMap { inputs, outputs -> [any Layer] in
      [try Convolution(inputChannels: inputs, outputChannels: outputs, kernel: kernel, stride: 1, seeds: seeds), unit()]
    }
    return Sequential(Array(layers.dropLast()))
  }
}
