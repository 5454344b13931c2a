import Layers
import Testing
import Torch

struct NonLocalAttentionBlockTests {
  /// Every place sees every other one, which no stack of a few small kernels does.
  @Test(arguments: [[1, 6, 30, 31], [2, 1, 1, 40], [1, 5, 26, 1]]) func everythingIsSeen(shape: [Int]) throws {
    let block = try NonLocalAttentionBlock(channels: shape[1], seeds: SeedSequence(3))
    try withoutGradients {
      let input = try Tensor.uniform(shape, in: -2...2, seed: 1)
      let before = try block.forward(input)
      #expect(before.shape == shape)
      var numbers = try input.elements(Float.self)
      let area = shape[2] * shape[3]
      for channel in 0..<shape[1] { numbers[channel * area] += 50 }
      let after = try block.forward(Tensor(numbers, shape: shape))
      let (first, second) = (try before.elements(Float.self), try after.elements(Float.self))
      #expect((0..<shape[1]).contains { first[$0 * area + area - 1] != second[$0 * area + area - 1] })
    }
  }
}
