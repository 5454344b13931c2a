import Layers
import Testing
import Torch

struct LowerBoundTests {
  @Test func theLargerOfBoth() throws {
    let x = try Tensor([Float(-1), 0.5, 1, 2], shape: [4])
    #expect(try LowerBound.apply(x, bound: Tensor([Float(1)], shape: [1])).elements() == [1, 1, 1, 2])
    #expect(try LowerBound.apply(x, bound: Tensor([Float(0), 1, 2, 3], shape: [4])).elements() == [0, 1, 2, 3])
  }

  /// Above and at the bound every gradient passes; below it only a negative one, which a descent step turns into a rise.
  @Test(arguments: [
    (x: Float(2), gradient: Float(1), passed: Float(1)), (2, -1, -1), (1, 1, 1), (1, -1, -1), (0.5, 1, 0), (0.5, -1, -1), (-3, 0, 0),
    (-3, -0.25, -0.25),
  ])
  func gradientRule(x: Float, gradient: Float, passed: Float) throws {
    let input = try Tensor([x], shape: [1])
    try input.setRequiresGradient()
    let bounded = try LowerBound.apply(input, bound: Tensor([Float(1)], shape: [1]))
    let found = try bounded.gradients(of: [input], outputGradient: Tensor([gradient], shape: [1]))
    #expect(try found[0]?.elements() == [passed])
  }

  @Test func aDescentBringsAStuckNumberBack() throws {
    let input = try Tensor([Float(-1)], shape: [1])
    try input.setRequiresGradient()
    for _ in 0..<30 {
      try input.setGradient(nil)
      // (x − 3)² has a negative slope everywhere below 3.
      let error = try (LowerBound.apply(input, bound: Tensor([Float(1)], shape: [1])) - 3).squared().sum()
      try error.backward()
      let step = try #require(try input.gradient()) * 0.1
      try withoutGradients { try input.assign(input - step) }
    }
    #expect(try abs(input.detached().item() - 3) < 0.02)
  }
}
