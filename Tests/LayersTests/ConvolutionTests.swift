import Layers
import Testing
import Torch

struct ConvolutionTests {
  /// With padding kernel / 2 an odd side is rounded up.
  @Test(arguments: [(1, 1), (2, 1), (5, 3), (16, 8), (17, 9)], [3, 5])
  func halvedSides(side: (Int, Int), kernel: Int) throws {
    let layer = try Convolution(inputChannels: 2, outputChannels: 3, kernel: kernel, seeds: SeedSequence(1))
    #expect(try layer.forward(Tensor.zeros([2, 2, side.0, 4])).shape == [2, 3, side.1, 2])
  }

  @Test(arguments: [1, 2, 3, 8])
  func doubledSides(side: Int) throws {
    let layer = try TransposedConvolution(inputChannels: 2, outputChannels: 3, seeds: SeedSequence(1))
    #expect(try layer.forward(Tensor.zeros([1, 2, side, 1])).shape == [1, 3, 2 * side, 2])
  }

  @Test func aStrideOfOneKeepsTheSides() throws {
    let down = try Convolution(inputChannels: 1, outputChannels: 1, kernel: 3, stride: 1, seeds: SeedSequence(1))
    let up = try TransposedConvolution(inputChannels: 1, outputChannels: 1, kernel: 3, stride: 1, seeds: SeedSequence(1))
    #expect(try down.forward(Tensor.zeros([1, 1, 7, 5])).shape == [1, 1, 7, 5])
    #expect(try up.forward(Tensor.zeros([1, 1, 7, 5])).shape == [1, 1, 7, 5])
  }

  /// PyTorch's ranges: ±1/√(fan in), which a transposed convolution computes from its output channels.
  @Test func initialRanges() throws {
    let down = try Convolution(inputChannels: 8, outputChannels: 32, kernel: 5, seeds: SeedSequence(3))
    let up = try TransposedConvolution(inputChannels: 32, outputChannels: 8, kernel: 5, seeds: SeedSequence(3))
    let limit = 1 / Float(8 * 25).squareRoot()
    for layer in [down, up] as [any Layer] {
      for (name, parameter) in layer.namedParameters() {
        let values = try parameter.tensor.detached().elements()
        #expect(values.allSatisfy { abs($0) <= limit }, "\(name)")
        guard values.count > 1000 else { continue }
        #expect(values.contains { $0 > 0.99 * limit } && values.contains { $0 < -0.99 * limit }, "\(name) fills its range")
        #expect(abs(values.reduce(0, +) / Float(values.count)) < 0.05 * limit, "\(name) is centred")
      }
    }
    #expect(down.namedParameters().map(\.parameter.tensor.shape) == [[32, 8, 5, 5], [32]])
    #expect(up.namedParameters().map(\.parameter.tensor.shape) == [[32, 8, 5, 5], [8]])
  }

  @Test func initialWeightsDependOnTheSeedAlone() throws {
    func weights(_ seed: UInt64) throws -> [[Float]] {
      let seeds = SeedSequence(seed)
      return try [
        Convolution(inputChannels: 1, outputChannels: 2, seeds: seeds), Convolution(inputChannels: 1, outputChannels: 2, seeds: seeds),
      ]
      .flatMap { try $0.namedParameters().map { try $0.parameter.tensor.detached().elements() } }
    }
    let first = try weights(1)
    #expect(try weights(1) == first)
    #expect(try weights(2) != first)
    #expect(first[0] != first[2], "two layers of one model differ")
  }

  @Test func anotherNumberOfChannelsThrows() throws {
    let layer = try Convolution(inputChannels: 2, outputChannels: 3, seeds: SeedSequence(1))
    #expect(throws: TorchError.self) { try layer.forward(Tensor.zeros([1, 3, 8, 8])) }
  }

  /// The transposed convolution is the gradient of the convolution with the same weight: ⟨conv(x), y⟩ = ⟨x, conv^T(y)⟩.
  @Test func theTransposeOfTheConvolution() throws {
    let weight = try Tensor.uniform([3, 2, 5, 5], in: -1...1, seed: 1)  // [out, in] of the convolution, [in, out] of its transpose
    let (x, y) = try (Tensor.uniform([1, 2, 8, 8], in: -1...1, seed: 2), Tensor.uniform([1, 3, 4, 4], in: -1...1, seed: 3))
    let there = try (x.convolved(weight: weight, bias: nil, stride: 2, padding: 2) * y).sum().item()
    let back = try (x * y.transposeConvolved(weight: weight, bias: nil, stride: 2, padding: 2, outputPadding: 1)).sum().item()
    #expect(abs(there - back) < 1e-4 * abs(there))
  }
}
