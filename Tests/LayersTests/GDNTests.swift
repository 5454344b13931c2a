import Layers
import Testing
import Torch
import Weights

/// Against the formula, computed in 64 bits element by element.
struct GDNTests {
  static let channels = 3
  static let beta: [Double] = [1, 0.5, 2]
  static let gamma: [Double] = [0.1, 0.02, 0, 0.03, 0.2, 0.05, 0.01, 0, 0.3]
  static let input: [Double] = (0..<24).map { index in Double(index * 37 % 19 - 9) / 4 }

  /// The formula for `[2, 3, 2, 2]`.
  static func formula(_ x: [Double], beta: [Double] = beta, gamma: [Double] = gamma, inverse: Bool) -> [Double] {
    x.indices.map { index in
      let (sample, channel, place) = (index / 12, index / 4 % 3, index % 4)
      var sum = beta[channel]
      for other in 0..<3 { sum += gamma[channel * 3 + other] * square(x[sample * 12 + other * 4 + place]) }
      return inverse ? x[index] * sum.squareRoot() : x[index] / sum.squareRoot()
    }
  }

  static func square(_ value: Double) -> Double { value * value }

  static func layer(inverse: Bool) throws -> GeneralizedDivisiveNormalization {
    let layer = try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
    let form = try NonNegativeParametrizer()
    let stored = try StoredTensors([
      ("beta", form.initial(Tensor(beta.map { Float($0) }, shape: [3])).stored()),
      ("gamma", form.initial(Tensor(gamma.map { Float($0) }, shape: [3, 3])).stored()),
    ])
    try layer.load(stored)
    return layer
  }

  static func tensor(_ values: [Double]) throws -> Tensor { try Tensor(values.map { Float($0) }, shape: [2, 3, 2, 2]) }

  @Test(arguments: [false, true], [MemoryFormat.contiguous, .channelsLast])
  func forward(inverse: Bool, format: MemoryFormat) throws {
    let found = try Self.layer(inverse: inverse).forward(Self.tensor(Self.input).contiguous(format)).detached().elements()
    let expected = Self.formula(Self.input, inverse: inverse)
    for (value, wanted) in zip(found, expected) { #expect(abs(Double(value) - wanted) <= 2e-6 * max(1, abs(wanted))) }
  }

  /// Σ w·GDN(x) against central differences of the formula.
  @Test(arguments: [false, true])
  func gradientsAreTheDifferenceQuotients(inverse: Bool) throws {
    let layer = try Self.layer(inverse: inverse)
    let weights: [Double] = (0..<24).map { index in Double(index * 11 % 7 - 3) }
    func sum(_ x: [Double], _ beta: [Double], _ gamma: [Double]) -> Double {
      let outputs = Self.formula(x, beta: beta, gamma: gamma, inverse: inverse)
      return outputs.indices.reduce(0) { $0 + outputs[$1] * weights[$1] }
    }
    func quotient(_ values: [Double], _ index: Int, _ body: ([Double]) -> Double) -> Double {
      var (up, down) = (values, values)
      up[index] += 1e-5
      down[index] -= 1e-5
      return (body(up) - body(down)) / 2e-5
    }
    let x = try Self.tensor(Self.input)
    try x.setRequiresGradient()
    try (layer.forward(x) * Self.tensor(weights)).sum().backward()
    let found = try #require(try x.gradient()).elements()
    for index in found.indices {
      let expected = quotient(Self.input, index) { sum($0, Self.beta, Self.gamma) }
      let limit = 1e-4 * max(1, abs(expected))
      #expect(abs(Double(found[index]) - expected) < limit, "x[\(index)]")
    }
    let parameters: [(name: String, values: [Double])] = [("beta", Self.beta), ("gamma", Self.gamma)]
    for (name, values) in parameters {
      let parameter = try #require(layer.namedParameters().first(where: { $0.name == name })).parameter.tensor
      let found = try #require(try parameter.gradient()).elements()
      for index in values.indices where values[index] > 0 {
        let slope = quotient(values, index) { name == "beta" ? sum(Self.input, $0, Self.gamma) : sum(Self.input, Self.beta, $0) }
        // The stored form is √(value + p): its slope is 2·√(value + p) times that of the value.
        let expected = slope * 2 * (values[index] + 0x1p-36).squareRoot()
        let limit = 1e-4 * max(1, abs(expected))
        #expect(abs(Double(found[index]) - expected) < limit, "\(name)[\(index)]")
      }
    }
  }

  @Test func initialValues() throws {
    let layer = try GeneralizedDivisiveNormalization(channels: 2, gammaInitial: 0.25)
    // β = 1 and γ = 0.25 on the diagonal.
    let found = try layer.forward(Tensor([Float(2), 6], shape: [1, 2, 1, 1])).detached().elements()
    #expect(abs(found[0] - 2 / Float(2).squareRoot()) < 1e-6)
    #expect(abs(found[1] - 6 / Float(10).squareRoot()) < 1e-5)
  }

  @Test func withoutGammaOnlyBetaScales() throws {
    let layer = try GeneralizedDivisiveNormalization(channels: 1, inverse: true, gammaInitial: 0)
    #expect(try layer.forward(Tensor([Float(3)], shape: [1, 1, 1, 1])).detached().item() == 3)
  }

  @Test func betaStaysAboveItsMinimum() throws {
    let layer = try GeneralizedDivisiveNormalization(channels: 1, betaMinimum: 0.25, gammaInitial: 0)
    try layer.load(StoredTensors([("beta", StoredTensor([-3.0], shape: [1])), ("gamma", StoredTensor([-3.0], shape: [1, 1]))]))
    #expect(try abs(layer.forward(Tensor([Float(1)], shape: [1, 1, 1, 1])).detached().item() - 2) < 1e-5)
  }

  @Test func stateHasCompressAIsNames() throws {
    let names = try GeneralizedDivisiveNormalization(channels: 2).storedState().names
    #expect(
      names == [
        "beta", "gamma", "beta_reparam.pedestal", "beta_reparam.lower_bound.bound", "gamma_reparam.pedestal",
        "gamma_reparam.lower_bound.bound",
      ])
  }

  @Test func anotherNumberOfChannelsThrows() throws {
    #expect(throws: TorchError.self) { try GeneralizedDivisiveNormalization(channels: 2).forward(Tensor.zeros([1, 3, 4, 4])) }
  }
}
