import Layers
import Testing
import Torch

struct BlockTests {
  /// What is at or behind a place changes nothing before it.
  @Test func maskedConvolutionsSeeOnlyWhatComesBefore() throws {
    let layer = try MaskedConvolution(inputChannels: 2, outputChannels: 3, seeds: SeedSequence(1))
    try withoutGradients {
      let first = try Tensor.uniform([1, 2, 6, 7], in: -1...1, seed: 2)
      let before = try layer.forward(first).elements()
      for place in 0..<42 {
        var numbers = try first.elements(Float.self)
        for later in place..<42 { for channel in 0..<2 { numbers[channel * 42 + later] = Float(later * channel) + 9 } }
        let after = try layer.forward(Tensor(numbers, shape: [1, 2, 6, 7])).elements()
        for output in 0..<3 { #expect(abs(after[output * 42 + place] - before[output * 42 + place]) < 1e-6) }
      }
    }
  }

  @Test func maskedWeightsAreNotTrained() throws {
    let layer = try MaskedConvolution(inputChannels: 1, outputChannels: 1, seeds: SeedSequence(1))
    try layer.forward(Tensor.full([1, 1, 5, 5], 1)).sum().backward()
    let weight = try #require(layer.namedParameters().first { $0.name == "weight" })
    let gradient = try #require(try weight.parameter.tensor.gradient()).elements(Float.self)
    #expect(gradient[..<12].allSatisfy { $0 > 0 } && gradient[12...].allSatisfy { $0 == 0 })
  }

  @Test func shapes() throws {
    let x = try Tensor.uniform([2, 3, 6, 8], in: -1...1, seed: 1)
    let seeds = SeedSequence(1)
    #expect(try SubpixelConvolution(inputChannels: 3, outputChannels: 5, seeds: seeds).forward(x).shape == [2, 5, 12, 16])
    #expect(try ResidualBlock(channels: 3, seeds: seeds).forward(x).shape == x.shape)
    #expect(try AttentionBlock(channels: 3, seeds: seeds).forward(x).shape == x.shape)
    let down = try ResidualBlockWithStride(inputChannels: 3, outputChannels: 4, nonlinearity: Identity(), seeds: seeds)
    #expect(try down.forward(x).shape == [2, 4, 3, 4])
    let up = try ResidualBlockUpsample(inputChannels: 3, outputChannels: 4, nonlinearity: Identity(), seeds: seeds)
    #expect(try up.forward(x).shape == [2, 4, 12, 16])
    #expect(try PreactivatedAttention(channels: 3, seeds: seeds).forward(x).shape == x.shape)
    let half = try PreactivatedBlock.halvingSides(channels: 3, nonlinearity: Identity(), seeds: seeds)
    #expect(try half.forward(x).shape == [2, 3, 3, 4])
    let twice = try PreactivatedBlock.doublingSides(channels: 3, nonlinearity: Identity(), seeds: seeds)
    #expect(try twice.forward(x).shape == [2, 3, 12, 16])
    let plain = try PreactivatedBlock.keepingSides(channels: 3, seeds: seeds)
    #expect(try plain.forward(x).shape == x.shape)
    // Where the convolutions say nothing the input stays.
    try withoutGradients { for (_, parameter) in plain.namedParameters() { try parameter.tensor.setZero() } }
    #expect(try plain.forward(x).elements() == x.elements())
  }

  /// A skip of stride 2 over three channels, channels-last, which libtorch's own backward does not survive.
  @Test func channelsLastPicturesCanBeTrainedOn() throws {
    let block = try ResidualBlockWithStride(inputChannels: 3, outputChannels: 16, nonlinearity: Identity(), seeds: SeedSequence(1))
    let skip = try #require(block.namedParameters().first { $0.name == "skip.weight" }).parameter.tensor
    let x = try Tensor.uniform([2, 3, 64, 64], in: 0...1, seed: 1)
    try block.forward(x.contiguous(.channelsLast)).sum().backward()
    let found = try #require(try skip.gradient()).elements(Float.self)
    try skip.setGradient(nil)
    try block.forward(x).sum().backward()
    let expected = try #require(try skip.gradient()).elements(Float.self)
    for (left, right) in zip(found, expected) { #expect(abs(left - right) <= 1e-4 * abs(right)) }
  }

  @Test func pixelsAreShuffledRowByRow() throws {
    let channels = try Tensor([Float(1), 2, 3, 4], shape: [1, 4, 1, 1])
    #expect(try channels.pixelsShuffled(factor: 2).elements() == [1, 2, 3, 4])
    #expect(try channels.pixelsShuffled(factor: 2).shape == [1, 1, 2, 2])
  }
}
