import Layers
import Torch

/// An ordinary convolution and an octave one that stands in its place.
struct ConvolutionPair {
  let name: String
  let ordinary: any Layer
  let octave: any OctaveLayer
  let input: Tensor
  let features: OctaveFeatures

  /// The layers that networks are made of.
  static func all(channels: Int, ratio: Double, side: Int) throws -> [ConvolutionPair] {
    let (seeds, parts) = (SeedSequence(1), OctaveChannels(channels, ratio: ratio))
    let input = try Tensor.uniform([1, channels, side, side], in: -1...1, seed: 2).contiguous(.channelsLast)
    let half = (side + 1) / 2
    let features = OctaveFeatures(
      high: try Tensor.uniform([1, parts.high, side, side], in: -1...1, seed: 3).contiguous(.channelsLast),
      low: try Tensor.uniform([1, parts.low, half, half], in: -1...1, seed: 4).contiguous(.channelsLast))
    func pair(_ name: String, _ ordinary: any Layer, _ octave: any OctaveLayer) -> ConvolutionPair {
      ConvolutionPair(name: name, ordinary: ordinary, octave: octave, input: input, features: features)
    }
    return [
      pair(
        "3×3, generalised", try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: 1, seeds: seeds),
        try OctaveConvolution(input: parts, output: parts, kernel: 3, seeds: seeds)),
      pair(
        "3×3, pooled", try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: 1, seeds: seeds),
        try PooledOctaveConvolution(input: parts, output: parts, seeds: seeds)),
      pair(
        "5×5, stride 2, generalised", try Convolution(inputChannels: channels, outputChannels: channels, seeds: seeds),
        try OctaveConvolution(input: parts, output: parts, stride: 2, seeds: seeds)),
      pair(
        "transposed 5×5, stride 2, generalised", try TransposedConvolution(inputChannels: channels, outputChannels: channels, seeds: seeds),
        try OctaveTransposedConvolution(input: parts, output: parts, seeds: seeds)),
    ]
  }

  /// Runs the ordinary one, with the gradients of its weights where it trains.
  func runOrdinary(training: Bool) throws {
    if !training { return try withoutGradients { _ = try ordinary.forward(input) } }
    try ordinary.forward(input).sum().backward()
  }

  /// Runs the octave one likewise.
  func runOctave(training: Bool) throws {
    if !training { return try withoutGradients { _ = try octave.forward(features) } }
    let output = try octave.forward(features)
    var sum = try output.high.sum()
    if let low = output.low { sum = try sum + low.sum() }
    try sum.backward()
  }
}
