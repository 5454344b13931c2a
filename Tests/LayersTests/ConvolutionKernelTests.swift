import Layers
import Testing
import Torch

/// The parts of convolutions that are ours against those of libtorch.
struct ConvolutionKernelTests {
  struct Case: Sendable, CustomStringConvertible {
    let input: Int
    let output: Int
    let kernel: Int
    let stride: Int
    let height: Int
    let width: Int
    var description: String { "\(input) to \(output), \(kernel)×\(kernel), stride \(stride), \(height)×\(width)" }
  }

  static let cases = [
    // A picture's layers, with sides that do and do not divide, and with rows longer than a tile.
    Case(input: 3, output: 32, kernel: 5, stride: 2, height: 16, width: 20),
    Case(input: 3, output: 5, kernel: 5, stride: 2, height: 7, width: 9),
    Case(input: 3, output: 48, kernel: 3, stride: 1, height: 5, width: 130),
    Case(input: 1, output: 1, kernel: 5, stride: 2, height: 1, width: 1),
    Case(input: 4, output: 17, kernel: 7, stride: 2, height: 9, width: 11),
    Case(input: 32, output: 3, kernel: 5, stride: 2, height: 70, width: 55),
    Case(input: 9, output: 2, kernel: 3, stride: 1, height: 6, width: 4),
    Case(input: 5, output: 3, kernel: 1, stride: 1, height: 4, width: 4),
    // Layers between, of which only the gradient of the weights is ours.
    Case(input: 32, output: 48, kernel: 5, stride: 2, height: 12, width: 10),
    Case(input: 19, output: 33, kernel: 3, stride: 1, height: 7, width: 5),
    Case(input: 16, output: 16, kernel: 3, stride: 2, height: 8, width: 8),
    Case(input: 40, output: 16, kernel: 1, stride: 2, height: 8, width: 6),
    Case(input: 3, output: 16, kernel: 1, stride: 2, height: 64, width: 64),
  ]

  @Test(arguments: cases, [false, true])
  func agreesWithLibtorch(shape: Case, transposed: Bool) throws {
    let seeds = SeedSequence(1)
    let layer: any Layer =
      transposed
      ? try TransposedConvolution(
        inputChannels: shape.input, outputChannels: shape.output, kernel: shape.kernel, stride: shape.stride, seeds: seeds)
      : try Convolution(inputChannels: shape.input, outputChannels: shape.output, kernel: shape.kernel, stride: shape.stride, seeds: seeds)
    let input = try Tensor.uniform([3, shape.input, shape.height, shape.width], in: -1...1, seed: 2).contiguous(.channelsLast)
    NormalizationKernelTests.expectClose(
      try NormalizationKernelTests.results(layer, input, kernels: true), try NormalizationKernelTests.results(layer, input, kernels: false))
  }

  /// A tensor that lies otherwise is left to libtorch as a whole.
  @Test func otherOrdersAreTheSameToTheLastBit() throws {
    let layer = try Convolution(inputChannels: 3, outputChannels: 8, seeds: SeedSequence(1))
    let input = try Tensor.uniform([1, 3, 12, 12], in: -1...1, seed: 2)
    let found = try NormalizationKernelTests.results(layer, input, kernels: true)
    #expect(found.map(\.values) == (try NormalizationKernelTests.results(layer, input, kernels: false)).map(\.values))
  }

  @Test func anotherNumberOfChannelsThrows() throws {
    for layer in [
      try Convolution(inputChannels: 3, outputChannels: 8, seeds: SeedSequence(1)),
      try TransposedConvolution(inputChannels: 8, outputChannels: 3, seeds: SeedSequence(1)),
    ] as [any Layer] {
      #expect(throws: TorchError.self) { try layer.forward(Tensor.channelsLast([1, 5, 12, 12])) }
    }
  }

  /// The multiply–accumulates are those of the operators.
  @Test func theCountIsThatOfTheOperators() throws {
    let layer = Sequential([
      try Convolution(inputChannels: 3, outputChannels: 8, seeds: SeedSequence(1)), try GeneralizedDivisiveNormalization(channels: 8),
      try TransposedConvolution(inputChannels: 8, outputChannels: 3, seeds: SeedSequence(1)),
    ])
    let input = try Tensor.channelsLast([1, 3, 16, 16])
    func count(_ kernels: Bool) throws -> Int {
      try LayerTrace.recording { try Kernels.$areOn.withValue(kernels) { _ = try withoutGradients { try layer.forward(input) } } }
        .multiplyAccumulates
    }
    #expect(try count(true) == count(false))
  }
}
