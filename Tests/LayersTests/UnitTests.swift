import Layers
import Testing
import Torch

/// The non-linearities without parameters, in 64 bits.
struct UnitTests {
  struct Unit: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable () -> any Nonlinearity
    /// Pairs of input and output.
    let values: [(Double, Double)]
    /// Operations for each channel.
    let operations: Int
  }

  static let all = [
    Unit(testDescription: "ReLU", make: { RectifiedLinear() }, values: [(-2, 0), (0, 0), (1.5, 1.5)], operations: 1),
    Unit(testDescription: "LeakyReLU", make: { LeakyRectifiedLinear() }, values: [(-2, -0.02), (0, 0), (1.5, 1.5)], operations: 2),
    Unit(
      testDescription: "LeakyReLU ½", make: { LeakyRectifiedLinear(slope: 0.5) }, values: [(-2, -1), (0, 0), (1.5, 1.5)], operations: 2),
    // Φ(1) = 0.841344746068543, Φ(−2) = 0.022750131948179.
    Unit(
      testDescription: "GELU", make: { GaussianErrorLinear() },
      values: [(1, 0.841344746068543), (-2, -0.045500263896358), (0, 0)], operations: 5),
    // ½·(1 + tanh(√(2/π)·1.044715)) = 0.8411919906082768.
    Unit(
      testDescription: "GELU by tanh", make: { GaussianErrorLinear(usesTanh: true) }, values: [(1, 0.8411919906082768), (0, 0)],
      operations: 5),
    // σ(1) = 0.7310585786300049, σ(−2) = 0.1192029220221176.
    Unit(
      testDescription: "SiLU", make: { SigmoidLinear() }, values: [(1, 0.7310585786300049), (-2, -0.2384058440442351), (0, 0)],
      operations: 4),
    Unit(testDescription: "Identity", make: { Identity() }, values: [(-2, -2), (0, 0), (1.5, 1.5)], operations: 0),
  ]

  @Test(arguments: all)
  func values(unit: Unit) throws {
    let input = try Tensor(unit.values.map(\.0), shape: [1, unit.values.count, 1, 1])
    let found = try unit.make().forward(input).elements(Double.self)
    for (value, pair) in zip(found, unit.values) { #expect(abs(value - pair.1) < 1e-12, "at \(pair.0)") }
  }

  @Test(arguments: all)
  func gradientsAreTheDifferenceQuotients(unit: Unit) throws {
    let layer = unit.make()
    let points: [Double] = [-3, -1.25, -0.5, -0.01, 0.02, 0.75, 2, 5]
    func outputs(_ x: [Double]) throws -> [Double] { try layer.forward(Tensor(x, shape: [1, 8, 1, 1])).elements(Double.self) }
    let (up, down) = (try outputs(points.map { $0 + 1e-6 }), try outputs(points.map { $0 - 1e-6 }))
    let x = try Tensor(points, shape: [1, 8, 1, 1])
    try x.setRequiresGradient()
    try layer.forward(x).sum().backward()
    let found = try #require(try x.gradient()).elements(Double.self)
    for index in points.indices {
      let quotient = (up[index] - down[index]) / 2e-6
      #expect(abs(found[index] - quotient) < 1e-8, "at \(points[index])")
    }
  }

  @Test(arguments: all)
  func countsOfParametersAndOperations(unit: Unit) {
    let layer = unit.make()
    #expect(layer.parameterCount == 0 && layer.members.isEmpty)
    #expect(type(of: layer).cost(channels: 7) == PixelCost(multiplyAccumulates: 0, others: 7 * unit.operations))
  }
}
