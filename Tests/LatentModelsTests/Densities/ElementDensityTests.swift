import EntropyCoding
import Testing
import Torch
import Weights

@testable import LatentModels

@Suite(.serialized) struct ElementDensityTests {
  static let names = ["gaussian", "means first", "laplacian", "logistic", "gaussian mixture", "three families"]

  static func make(_ name: String) throws -> any ElementDensity {
    let scales = GaussianTables.defaultScales
    let density: any ElementDensity =
      switch name {
      case "gaussian": GaussianDensity(try GaussianConditional())
      case "means first": GaussianDensity(try GaussianConditional(), order: .meansFirst)
      case "laplacian": try LocationScaleDensity(.laplacian, scales: scales, scaleBound: 0.11, tailMass: 1e-5)
      case "logistic": try LocationScaleDensity(.logistic, scales: scales, scaleBound: 0.11, tailMass: 1e-5)
      case "gaussian mixture": try MixtureDensity(MixtureShape([.gaussian, .gaussian, .gaussian]))
      default: try MixtureDensity(MixtureShape([.gaussian, .laplacian, .logistic]))
      }
    try density.updateTables()
    return density
  }

  private func parameters(_ density: any ElementDensity, channels: Int, places: [Int], seed: UInt64) throws -> Tensor {
    try Tensor.uniform([1, density.parametersPerElement * channels] + places, in: 0.2...3, seed: seed)
  }

  /// The probabilities of all whole numbers around a centre have the sum 1.
  @Test(arguments: names) func probabilitiesHaveTheSumOne(name: String) throws {
    let density = try Self.make(name)
    let count = 201
    let one = try parameters(density, channels: 1, places: [1, 1], seed: 3)
    let all = try one.expanded([1, density.parametersPerElement, 1, count]).contiguous()
    let center = try density.center(of: one).map { try $0.item() } ?? 0
    let values = try Tensor((0..<count).map { Float(center + Double($0 - 100)) }, shape: [1, 1, 1, count])
    let sum = try density.likelihoods(of: values, parameters: all).to(.float64).sum().item()
    #expect(abs(sum - 1) < 1e-4, "\(name): \(sum)")
  }

  /// Coded bits are those of the likelihoods, and decoding is the way back.
  @Test(arguments: names) func codingMeetsTheLikelihoods(name: String) throws {
    let density = try Self.make(name)
    let count = 4000
    let parameters = try (parameters(density, channels: 1, places: [count], seed: 5) + 0.8).reshaped([1, -1])
    // Around the centres, as latents lie.
    let symbols = try (Tensor.uniform([1, count], in: -2.4...2.4, seed: 6).rounded()).to(.int32)
    let encoder = try density.encoder()
    try encoder.append(symbols, parameters: parameters)
    let stream = try encoder.finish()
    let decoder = try density.decoder(stream)
    #expect(try decoder.next(parameters: parameters).elements(Int32.self) == symbols.elements(Int32.self))
    try decoder.finish()
    let center = try density.center(of: parameters)
    let values = try center.map { try symbols.to(.float32) + $0 } ?? symbols.to(.float32)
    let bits =
      -(try density.likelihoods(of: values, parameters: parameters).to(.float64).logarithm().sum().item()) / 0.693_147_180_559_945_3
    #expect(abs(Double(8 * stream.count) - bits) < 0.03 * bits, "\(name): \(8 * stream.count) bits for \(bits)")
  }

  /// Gradients against finite differences, of values and of parameters.
  @Test(arguments: names) func gradientsAreDifferences(name: String) throws {
    let density = try Self.make(name)
    let count = 6
    let numbers = try parameters(density, channels: 1, places: [count], seed: 7).reshaped([1, -1]).elements()
    let points = try Tensor.uniform([1, count], in: -2...2, seed: 8).elements()
    func loss(_ points: [Float], _ numbers: [Float]) throws -> Double {
      let values = try Tensor(points, shape: [1, count])
      return
        -(try density.likelihoods(of: values, parameters: Tensor(numbers, shape: [1, numbers.count])).to(.float64).logarithm().sum().item())
    }
    let values = try Parameter(Tensor(points, shape: [1, count]))
    let parameters = try Parameter(Tensor(numbers, shape: [1, numbers.count]))
    let output = try density.likelihoods(of: values.tensor, parameters: parameters.tensor)
    try (-output.logarithm().sum()).backward()
    let step: Float = 1e-2
    for (kind, found) in [("value", values), ("parameter", parameters)] {
      let present = try found.tensor.gradient()
      let gradient = try #require(present).elements()
      for place in gradient.indices {
        func moved(_ by: Float) throws -> Double {
          var (points, numbers) = (points, numbers)
          if kind == "value" { points[place] += by } else { numbers[place] += by }
          return try loss(points, numbers)
        }
        let difference = try (moved(step) - moved(-step)) / Double(2 * step)
        #expect(abs(Double(gradient[place]) - difference) < 0.02 + 0.02 * abs(difference), "\(name), \(kind) \(place)")
      }
    }
  }
}
