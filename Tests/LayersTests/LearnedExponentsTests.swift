import Layers
import Testing
import Torch
import Weights

/// GDN whose exponents are trained, against the formula in 64 bits.
struct LearnedExponentsTests {
  /// The formula over three channels at eight places.
  private static func formula(_ x: [Double], alpha: Double, epsilon: Double, inverse: Bool) -> [Double] {
    x.indices.map { index in
      let (channel, place) = (index / 8, index % 8)
      var sum = GDNTests.beta[channel]
      for other in 0..<3 { sum += GDNTests.gamma[channel * 3 + other] * power(abs(x[other * 8 + place]), alpha) }
      return x[index] * power(sum, inverse ? epsilon : -epsilon)
    }
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double {
    // By way of libtorch in double precision, whose power is not what is tested here.
    base == 0 ? 0 : (try? Tensor([base], shape: [1]).power(exponent).item()) ?? .nan
  }

  private static let input: [Double] = (0..<24).map { index in Double(index * 37 % 19 - 9) / 4 }

  private static func layer(alpha: Double, epsilon: Double, inverse: Bool) throws -> GeneralizedDivisiveNormalization {
    let layer = try GeneralizedDivisiveNormalization(channels: 3, inverse: inverse, alpha: alpha, epsilon: epsilon, learnsExponents: true)
    let form = try NonNegativeParametrizer()
    var state = try layer.storedState()
    state["beta"] = try form.initial(Tensor(GDNTests.beta.map { Float($0) }, shape: [3])).stored()
    state["gamma"] = try form.initial(Tensor(GDNTests.gamma.map { Float($0) }, shape: [3, 3])).stored()
    try layer.load(state)
    return layer
  }

  @Test(arguments: [(2.0, 0.5), (1.0, 1.0), (1.5, 0.75)], [false, true])
  func forwardAndGradients(exponents: (Double, Double), inverse: Bool) throws {
    let (alpha, epsilon) = exponents
    let layer = try Self.layer(alpha: alpha, epsilon: epsilon, inverse: inverse)
    let x = try Tensor(Self.input.map { Float($0) }, shape: [1, 3, 2, 4])
    try x.setRequiresGradient()
    let output = try layer.forward(x)
    let expected = Self.formula(Self.input, alpha: alpha, epsilon: epsilon, inverse: inverse)
    for (value, wanted) in zip(try output.detached().elements(), expected) {
      #expect(abs(Double(value) - wanted) <= 1e-5 * max(1, abs(wanted)))
    }
    let weights: [Double] = (0..<24).map { index in Double(index * 11 % 7 - 3) }
    try (output * Tensor(weights.map { Float($0) }, shape: [1, 3, 2, 4])).sum().backward()
    func sum(_ x: [Double], _ alpha: Double, _ epsilon: Double) -> Double {
      zip(Self.formula(x, alpha: alpha, epsilon: epsilon, inverse: inverse), weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let step = 1e-5
    let parameters = Dictionary(uniqueKeysWithValues: layer.namedParameters().map { ($0.name, $0.parameter.tensor) })
    // The stored number s stands for s² and a small rest, so that its gradient is 2·s times that of what it stands for.
    for (name, quotient, value) in [
      ("alpha", (sum(Self.input, alpha + step, epsilon) - sum(Self.input, alpha - step, epsilon)) / (2 * step), alpha),
      ("epsilon", (sum(Self.input, alpha, epsilon + step) - sum(Self.input, alpha, epsilon - step)) / (2 * step), epsilon),
    ] {
      let stored = try #require(parameters[name])
      let gradient = try #require(try stored.gradient()).item()
      let wanted = quotient * 2 * value.squareRoot()
      // At its bound α may only grow: a gradient that would lower it is dropped.
      if name == "alpha", alpha == 1, wanted > 0 { continue }
      #expect(abs(gradient - wanted) <= 1e-3 * max(1, abs(wanted)), "\(name): \(gradient) and \(wanted)")
    }
    let gradients = try #require(try x.gradient()).elements()
    for index in Self.input.indices where Self.input[index] != 0 {
      var (up, down) = (Self.input, Self.input)
      up[index] += step
      down[index] -= step
      let wanted = (sum(up, alpha, epsilon) - sum(down, alpha, epsilon)) / (2 * step)
      #expect(abs(Double(gradients[index]) - wanted) <= 1e-3 * max(1, abs(wanted)), "\(index)")
    }
  }

  /// With the exponents of GDN it is GDN, and nothing is infinite at zero.
  @Test func startsAsFixedExponents() throws {
    let (fixed, learned) = (
      try GeneralizedDivisiveNormalization(channels: 4), try GeneralizedDivisiveNormalization(channels: 4, learnsExponents: true)
    )
    let input = try Tensor.uniform([1, 4, 3, 5], in: -2...2, seed: 1)
    try input.narrowed(2, from: 0, length: 1).setZero()
    let difference = try withoutGradients { try (fixed.forward(input) - learned.forward(input)).absolute().maximumElement().item() }
    #expect(difference < 1e-5)
    try input.setRequiresGradient()
    try learned.forward(input).sum().backward()
    for tensor in [input] + learned.namedParameters().map(\.parameter.tensor) {
      let gradient = try #require(try tensor.gradient())
      #expect(try gradient.isFinite())
    }
    #expect(learned.namedParameters().map(\.name) == ["beta", "gamma", "alpha", "epsilon"])
  }
}
