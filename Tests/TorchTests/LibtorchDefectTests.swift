import Testing
import Torch

/// libtorch 2.13.0+cpu: the backward of a 1×1 convolution with stride 2 and 3 input channels whose input is channels-last writes outside its memory.
struct LibtorchDefectTests {
  @Test func aContiguousCopyOfTheInputAvoidsIt() throws {
    let last = try Tensor.uniform([2, 3, 64, 64], in: 0...1, seed: 1).contiguous(.channelsLast)
    let weight = try Tensor.uniform([16, 3, 1, 1], in: -1...1, seed: 2)
    try weight.setRequiresGradient()
    try last.contiguous().convolved(weight: weight, bias: nil, stride: 2).sum().backward()
    let gradient = try #require(try weight.gradient())
    // The output is a sum, so the gradient of every output channel is the sum of the input at the even places.
    let places = try Operator("aten::slice", "Tensor").every(2, of: last)
    let expected = try places.sum(over: [0, 2, 3]).elements(Float.self)
    let found = try gradient.elements(Float.self)
    #expect(found.indices.allSatisfy { abs(found[$0] - expected[$0 % 3]) < 1e-3 * expected[$0 % 3] })
  }

  /// A child process tries it.
  ///
  /// It is expected to die; should a later libtorch survive, the test passes as well, and the work-around can go.
  @Test func theDefectIsStillThere() async throws {
    await withKnownIssue("libtorch corrupts memory here", isIntermittent: true) {
      await #expect(processExitsWith: .success) {
        for seed in UInt64(0)..<20 {
          let input = try Tensor.uniform([2, 3, 64, 64], in: 0...1, seed: seed).contiguous(.channelsLast)
          let weight = try Tensor.uniform([16, 3, 1, 1], in: -1...1, seed: seed)
          try weight.setRequiresGradient()
          try input.convolved(weight: weight, bias: nil, stride: 2).sum().backward()
        }
      }
    }
  }
}

extension Operator {
  /// Every `step`-th row and column of pictures, for `aten::slice`.
  fileprivate func every(_ step: Int, of pictures: Tensor) throws -> Tensor {
    let rows = try self(pictures, 2, Int?.none, Int?.none, step)
    return try self(rows, 3, Int?.none, Int?.none, step)
  }
}
