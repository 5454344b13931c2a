import LatentModels
import Testing
import Torch
import Weights

/// Codes several sources at once, each in channels of its own, with a latent that is the source times a factor.
///
///     x ─ ·exp(a) + t ─ y ─ coding ─ ŷ ─ ·exp(b) + o ─ x̂          a, b and o learned or fixed
final class SourceCodec: Module {
  let coding: any LatentCoding
  private let gain: Parameter  // a, [1, C, 1, 1]
  private let inverse: Parameter  // b
  private let offset: Parameter  // o
  private let threshold: Tensor  // t
  private let weights: Tensor  // λ, bits for each unit of squared error, [C]

  init(
    _ coding: any LatentCoding, gains: [Double], thresholds: [Double]? = nil, weights: [Double], learnsGain: Bool,
    learnsOutput: Bool = true
  ) throws {
    func tensor(_ numbers: [Double]) throws -> Tensor { try Tensor(numbers.map(Float.init), shape: [1, numbers.count, 1, 1]) }
    self.coding = coding
    gain = try Parameter(tensor(gains), isTrained: learnsGain)
    inverse = try Parameter(tensor(gains.map { -$0 }), isTrained: learnsOutput)
    offset = try Parameter(tensor(gains.map { _ in 0 }), isTrained: learnsOutput)
    threshold = try tensor(thresholds ?? gains.map { _ in 0 })
    self.weights = try Tensor(weights.map(Float.init), shape: [weights.count])
  }

  var members: [Member] { coding.members + [.parameter("a", gain), .parameter("b", inverse), .parameter("o", offset)] }

  func latent(_ values: Tensor) throws -> Tensor { try (values - threshold) * gain.tensor.exponential() }
  func reconstruction(_ latent: Tensor) throws -> Tensor { try latent * inverse.tensor.exponential() + offset.tensor }

  /// The sum over all channels of bits and weighted squared error for each value.
  func loss(_ values: Tensor, noise: (any NoiseSource)?) throws -> Tensor {
    let (quantized, likelihoods) = try coding.forward(latent(values), name: "y", noise: noise)
    let count = Double(values.shape[2] * values.shape[3])
    let bits = try likelihoods.logarithm().sum() * (-1 / (0.693_147_180_559_945_3 * count))
    let errors = try (reconstruction(quantized) - values).squared().mean(over: [0, 2, 3])
    return try bits + (errors * weights).sum()
  }

  /// Trains with Adam whose rate falls by a constant factor each step.
  ///
  /// - Returns: the losses of the first and of the last step.
  @discardableResult
  func train(_ values: Tensor, steps: Int, rates: (first: Double, last: Double) = (0.05, 0.004)) throws -> (first: Double, last: Double) {
    let course = Annealing(from: rates.first, to: rates.last, steps: steps, course: .geometric)
    let tensors = namedParameters().filter { $0.parameter.isTrained && !$0.name.hasSuffix(".quantiles") }.map(\.parameter.tensor)
    let (means, squares) = (try tensors.map { try $0.detached().zerosLike() }, try tensors.map { try $0.detached().zerosLike() })
    let counter = try Tensor(scalar: Float(0))
    var losses: [Double] = []
    for step in 0..<steps {
      try setStep(step)
      for tensor in tensors { try tensor.setGradient(nil) }
      let loss = try loss(values, noise: SampleNoise(seed: 4, step: step, indices: [0]))
      try loss.backward()
      losses.append(try loss.item())
      try withoutGradients {
        try counter.assign(counter + 1)
        var places: [Int] = []
        var gradients: [Tensor] = []
        for (place, tensor) in tensors.enumerated() {
          guard let gradient = try tensor.gradient() else { continue }
          places.append(place)
          gradients.append(gradient)
        }
        try Tensor.fusedAdam(
          places.map { tensors[$0] }, gradients, places.map { means[$0] }, places.map { squares[$0] }, counter, course.value(at: step),
          AdamNumbers(beta1: 0.9, beta2: 0.99, weightDecay: 0, epsilon: 1e-8))
      }
    }
    return (losses.first ?? .nan, losses.last ?? .nan)
  }

  /// Codes one group of channels to bytes and back with a coding of its own, whose parameters are those of the group.
  ///
  /// - Parameters:
  ///   - group: the number of the group.
  ///   - values: all channels, `[1, C, H, W]`.
  ///   - single: a coding like this one's for the channels of one group.
  func coded(group: Int, of groups: Int, values: Tensor, single: any LatentCoding) throws -> RatePoint {
    try withoutGradients {
      let width = values.shape[1] / groups
      let y = try latent(values).narrowed(1, from: group * width, length: width)
      let own = Bare(single)
      var state = try own.storedState()
      for (name, stored) in try Bare(coding).storedState() where stored.shape.first == groups {
        state[name] = try Tensor(stored).narrowed(0, from: group, length: 1).stored()
      }
      // The quantiles, which have a loss of their own, say how far the tables reach.
      let reach = try Float(y.absolute().maximumElement().item()).rounded(.up)
      for name in state.names where name.hasSuffix(".quantiles") {
        state[name] = try Tensor([-reach, 0, reach], shape: [1, 1, 3]).stored()
      }
      try own.load(state)
      try single.updateTables()
      let streams = try single.compress(y)
      let decoded = try single.decompress(streams, height: y.shape[2], width: y.shape[3])
      let expected = try single.forward(y, name: "y", noise: nil).values
      #expect(try decoded.elements() == expected.elements(), "what is decoded is what the encoder has")
      let channel = { (tensor: Tensor) in try tensor.narrowed(1, from: group * width, length: width) }
      let restored = try decoded * channel(inverse.tensor.exponential()) + channel(offset.tensor)
      let bytes = streams.reduce(0) { $0 + $1[0].count }
      return RatePoint(
        rate: Double(bytes * 8) / Double(y.count), distortion: try (restored - channel(values)).squared().mean().item())
    }
  }

  /// The members of a coding as a module.
  private final class Bare: Module {
    private let coding: any LatentCoding
    init(_ coding: any LatentCoding) { self.coding = coding }
    var members: [Member] { coding.members }
  }
}
