import Layers
import Testing
import Torch
import Weights

/// A normalization over three channels with its formula, which is computed in 64 bits element by element.
struct Normalization: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let parameters: [String: [Double]]
  /// The parameters that are stored as they are, not as roots.
  var free: Set<String> = []
  let make: @Sendable (_ inverse: Bool) throws -> any Nonlinearity
  /// The value of one channel of one place, for the values of all channels there.
  let formula: @Sendable (_ x: [Double], _ channel: Int, _ parameters: [String: [Double]], _ inverse: Bool) -> Double

  static let beta: [Double] = [1, 0.5, 2]
  static let gamma: [Double] = [0.1, 0.02, 0, 0.03, 0.2, 0.05, 0.01, 0, 0.3]
  static let nu: [Double] = [0.3, 0.1, 0.02]
  static let tau: [Double] = [0.2, 0.1, 0.04, 0, 0.3, 0.02, 0.05, 0.01, 0.1]

  static let all = [
    gdn(alpha: 2, epsilon: 0.5), gdn(alpha: 1, epsilon: 1), gdn(alpha: 2, epsilon: 1), gdn(alpha: 1.5, epsilon: 0.75),
    Normalization(
      testDescription: "1DN", parameters: ["beta": beta, "gamma": gamma], make: { try OneDivisiveNormalization(channels: 3, inverse: $0) },
      formula: { x, channel, parameters, inverse in
        let norm = sum(x.map { abs($0) }, channel, parameters, "beta", "gamma")
        return inverse ? x[channel] * norm : x[channel] / norm
      }),
    gsdn(isSigned: false, nu: nu, tau: tau),
    gsdn(isSigned: true, nu: nu.map { $0 - 0.1 }, tau: tau.map { 0.1 - $0 }),
  ]

  static func gdn(alpha: Double, epsilon: Double) -> Normalization {
    Normalization(
      testDescription: "GDN \(alpha) \(epsilon)", parameters: ["beta": beta, "gamma": gamma],
      make: { try GeneralizedDivisiveNormalization(channels: 3, inverse: $0, alpha: alpha, epsilon: epsilon) },
      formula: { x, channel, parameters, inverse in
        let norm = power(sum(x.map { power(abs($0), alpha) }, channel, parameters, "beta", "gamma"), epsilon)
        return inverse ? x[channel] * norm : x[channel] / norm
      })
  }

  static func gsdn(isSigned: Bool, nu: [Double], tau: [Double]) -> Normalization {
    Normalization(
      testDescription: isSigned ? "GSDN signed" : "GSDN", parameters: ["beta": beta, "gamma": gamma, "nu": nu, "tau": tau],
      free: isSigned ? ["nu", "tau"] : [],
      make: { try GeneralizedSubtractiveDivisiveNormalization(channels: 3, inverse: $0, isSigned: isSigned) },
      formula: { x, channel, parameters, inverse in
        let norm = sum(x.map { $0 * $0 }, channel, parameters, "beta", "gamma").squareRoot()
        let mean = sum(x, channel, parameters, "nu", "tau")
        return inverse ? x[channel] * norm + mean : (x[channel] - mean) / norm
      })
  }

  static func sum(_ values: [Double], _ channel: Int, _ parameters: [String: [Double]], _ constant: String, _ weights: String) -> Double {
    values.indices.reduce(parameters[constant, default: []][channel]) {
      $0 + parameters[weights, default: []][channel * 3 + $1] * values[$1]
    }
  }

  /// The formula for `[2, 3, 2, 2]`.
  func values(_ x: [Double], _ parameters: [String: [Double]], inverse: Bool) -> [Double] {
    x.indices.map { index in
      let (sample, channel, place) = (index / 12, index / 4 % 3, index % 4)
      return formula((0..<3).map { x[sample * 12 + $0 * 4 + place] }, channel, parameters, inverse)
    }
  }

  /// The layer with the parameters.
  func layer(inverse: Bool, parameters: [String: [Double]]? = nil) throws -> any Nonlinearity {
    let layer = try make(inverse)
    let form = try NonNegativeParametrizer()
    let stored = try (parameters ?? self.parameters).map { name, values in
      let tensor = try Tensor(values.map { Float($0) }, shape: values.count == 3 ? [3] : [3, 3])
      return (name, try (free.contains(name) ? tensor : form.initial(tensor)).stored())
    }
    try layer.load(StoredTensors(stored))
    return layer
  }
}

/// x to the power of y by repeated roots: y is a multiple of ¼.
private func power(_ x: Double, _ y: Double) -> Double {
  let root = x.squareRoot().squareRoot()
  return (0..<Int(y * 4)).reduce(1) { product, _ in product * root }
}

struct DivisiveNormalizationTests {
  static let input: [Double] = (0..<24).map { (index: Int) -> Double in Double(index * 37 % 19 - 9) * 0.25 + 0.1 }

  static func tensor(_ values: [Double]) throws -> Tensor { try Tensor(values.map { Float($0) }, shape: [2, 3, 2, 2]) }

  @Test(arguments: Normalization.all, [false, true])
  func forward(_ normalization: Normalization, inverse: Bool) throws {
    let expected = normalization.values(Self.input, normalization.parameters, inverse: inverse)
    for format in [MemoryFormat.contiguous, .channelsLast] {
      let input = try Self.tensor(Self.input).contiguous(format)
      let found = try normalization.layer(inverse: inverse).forward(input).detached().elements()
      for (value, wanted) in zip(found, expected) { #expect(abs(Double(value) - wanted) <= 3e-6 * max(1, abs(wanted))) }
    }
  }

  /// Σ w·f(x) against central differences of the formula.
  @Test(arguments: Normalization.all, [false, true])
  func gradientsAreTheDifferenceQuotients(_ normalization: Normalization, inverse: Bool) throws {
    let weights: [Double] = (0..<24).map { (index: Int) -> Double in Double(index * 11 % 7 - 3) }
    func sum(_ x: [Double], _ parameters: [String: [Double]]) -> Double {
      zip(normalization.values(x, parameters, inverse: inverse), weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    func quotient(_ values: [Double], _ index: Int, _ body: ([Double]) -> Double) -> Double {
      var (up, down) = (values, values)
      up[index] += 1e-5
      down[index] -= 1e-5
      return (body(up) - body(down)) / 2e-5
    }
    let layer = try normalization.layer(inverse: inverse)
    let x = try Self.tensor(Self.input)
    try x.setRequiresGradient()
    try (layer.forward(x) * Self.tensor(weights)).sum().backward()
    let found = try #require(try x.gradient()).elements()
    for index in found.indices {
      let expected = quotient(Self.input, index) { sum($0, normalization.parameters) }
      #expect(abs(Double(found[index]) - expected) < 1e-4 * max(1, abs(expected)), "x[\(index)]")
    }
    for (name, parameter) in layer.namedParameters() {
      let values = try #require(normalization.parameters[name])
      let found = try #require(try parameter.tensor.gradient()).elements()
      for index in values.indices where values[index] > 0 || normalization.free.contains(name) {
        var slope = quotient(values, index) { sum(Self.input, normalization.parameters.merging([name: $0]) { $1 }) }
        // A stored root √(value + p): its slope is 2·√(value + p) times that of the value.
        if !normalization.free.contains(name) { slope *= 2 * (values[index] + 0x1p-36).squareRoot() }
        #expect(abs(Double(found[index]) - slope) < 1e-4 * max(1, abs(slope)), "\(name)[\(index)]")
      }
    }
  }

  /// Without weights of other channels the inverse undoes the normalization.
  @Test(arguments: Normalization.all)
  func theInverseIsExactWithoutTheChannelSums(_ normalization: Normalization) throws {
    var parameters = normalization.parameters
    for name in ["gamma", "tau"] where parameters[name] != nil { parameters[name] = [Double](repeating: 0, count: 9) }
    let there = try normalization.layer(inverse: false, parameters: parameters)
    let back = try normalization.layer(inverse: true, parameters: parameters)
    let found = try back.forward(there.forward(Self.tensor(Self.input))).detached().elements()
    for (value, wanted) in zip(found, Self.input) { #expect(abs(Double(value) - wanted) < 2e-6 * max(1, abs(wanted))) }
  }

  @Test(arguments: Normalization.all)
  func countsOfParametersAndOperations(_ normalization: Normalization) throws {
    let layer = try normalization.make(false)
    let pools = normalization.parameters.count / 2
    #expect(layer.parameterCount == pools * (3 + 9))
    let cost = type(of: layer).cost(channels: 128)
    #expect(cost.multiplyAccumulates == pools * 128 * 128)
    #expect(cost.operations == 2 * cost.multiplyAccumulates + cost.others && cost.others > 0)
  }

  /// With β = 1, γ = 0.1·I, ν = 0 and τ = 0.1·I: z = 0.9·x / √(1 + 0.1·x²).
  @Test(arguments: [false, true])
  func initialValuesOfTheSubtractiveNormalization(isSigned: Bool) throws {
    let layer = try GeneralizedSubtractiveDivisiveNormalization(channels: 2, isSigned: isSigned)
    let found = try layer.forward(Tensor([Float(2), -6], shape: [1, 2, 1, 1])).detached().elements()
    let expected = [2.0, -6].map { 0.9 * $0 / (1 + 0.1 * $0 * $0).squareRoot() }
    for (value, wanted) in zip(found, expected) { #expect(abs(Double(value) - wanted) < 1e-6 * abs(wanted)) }
  }

  @Test func onlySignedMeansBecomeNegative() throws {
    for isSigned in [false, true] {
      let layer = try GeneralizedSubtractiveDivisiveNormalization(channels: 1, gammaInitial: 0, tauInitial: 0, isSigned: isSigned)
      let nu = try #require(layer.namedParameters().first { $0.name == "nu" }).parameter.tensor
      try withoutGradients { try nu.assign(Tensor([Float(-2)], shape: [1])) }
      let found = try layer.forward(Tensor([Float(1)], shape: [1, 1, 1, 1])).detached().item()
      #expect(abs(found - (isSigned ? 3 : 1)) < 1e-6)
    }
  }

  @Test func namesInTheState() throws {
    let forms = { (name: String) in [name + "_reparam.pedestal", name + "_reparam.lower_bound.bound"] }
    let own = ["beta", "gamma"] + forms("beta") + forms("gamma")
    #expect(try Set(OneDivisiveNormalization(channels: 2).storedState().names) == Set(own))
    let signed = try GeneralizedSubtractiveDivisiveNormalization(channels: 2, isSigned: true)
    #expect(try Set(signed.storedState().names) == Set(own + ["nu", "tau"]))
    let bounded = try GeneralizedSubtractiveDivisiveNormalization(channels: 2)
    #expect(try Set(bounded.storedState().names) == Set(own + ["nu", "tau"] + forms("nu") + forms("tau")))
  }
}
