import Configuration
import LatentModels
import Testing
import Torch
import Weights

@testable import Models

/// Rate controls of a model without a second latent: the density of each channel is that of all rates.
@Suite(.serialized) struct FactorizedRateControlTests {
  static let scaling = [
    "GainUnits", "QuantizationRegulator", "ScaleParameters", "{class_path: QuantizationOffsets, init_args: {offsets: false}}",
  ]
  static let controls = scaling + ["ConditionalConvolutions", "ModulatedAutoencoder", "SpatialFeatureTransform"]

  private static func model(_ control: String) throws -> RateControlledModel {
    let model = try RateControlTests.model("FactorizedPrior", control)
    // Other numbers for each channel.
    try withoutGradients {
      for (name, parameter) in model.control.namedParameters() where name.hasPrefix("gain_unit") || name == "scale_parameters" {
        try parameter.tensor.assign(parameter.tensor + Tensor.uniform(parameter.tensor.shape, in: -0.3...0.3, seed: 2))
      }
    }
    return model
  }

  private static func pictures() throws -> Tensor { try Tensor.uniform([2, 3, 32, 64], in: 0...1, seed: 9) }

  @Test(arguments: controls) func whatIsEstimatedIsDecodedAtEveryRate(control: String) throws {
    let model = try Self.model(control)
    for position in [0, 3, 4.6, 7] {
      let bound = try model.bound(to: RatePosition(position))
      let output = try withoutGradients { try bound.forward(Self.pictures(), noise: nil) }
      let coded = try bound.compress(Self.pictures())
      let decoded = try model.bound(to: RatePosition(position)).decompress(coded)
      #expect(try largestDifference(output.reconstruction.clamped(from: 0, to: 1), decoded) < 1e-4, "\(position)")
      let bits = try output.likelihoods.reduce(0) { try $0 - $1.tensor.logarithm().sum().item() / 0.693147 }
      #expect(Double(coded.byteCount * 8) < bits * 1.1 + 256, "\(position): \(coded.byteCount * 8), \(bits)")
    }
  }

  @Test(arguments: scaling) func theRateRisesAlongTheAxis(control: String) throws {
    let model = try RateControlTests.model("FactorizedPrior", control)
    let bits = try stride(from: 0.0, through: 7, by: 0.5).map { position in
      let likelihoods = try withoutGradients { try model.bound(to: RatePosition(position)).likelihoods(of: Self.pictures()) }
      return try likelihoods.reduce(0.0) { try $0 - $1.tensor.logarithm().sum().item() }
    }
    #expect(zip(bits, bits.dropFirst()).allSatisfy { $0 <= $1 } && bits[14] > 1.5 * bits[4], "\(bits)")
  }

  // Without offsets the network of the offsets lies idle.
  @Test(arguments: controls.filter { !$0.contains("QuantizationOffsets") }) func gradientsReachEveryParameterOfTheControl(
    control: String
  ) throws {
    let model = try Self.model(control)
    for position in [0.0, 1, 2, 3, 4, 5, 6, 7, 3.4] {
      let output = try model.bound(to: RatePosition(position)).forward(
        Self.pictures(), noise: SampleNoise(seed: 1, step: 0, indices: [0, 1]))
      let rate = try output.likelihoods.reduce(output.reconstruction.squared().mean()) { try $0 - $1.tensor.logarithm().mean() }
      try rate.backward()
    }
    for (name, parameter) in model.control.namedParameters() where parameter.isTrained {
      let gradient = try #require(try parameter.tensor.gradient(), "\(name)")
      #expect(try gradient.isFinite() && gradient.absolute().sum().item() > 0, "\(name)")
    }
  }

  /// One number for all channels or the same for each: the same streams; and at the width 1 those of the model without control.
  @Test func widthsOfChannelsAreThoseOfAll() throws {
    let regulator = try RateControlTests.model("FactorizedPrior", "QuantizationRegulator")
    let parameters = try RateControlTests.model("FactorizedPrior", "ScaleParameters")
    for position in [2, 5.25] {
      let coded = try regulator.bound(to: RatePosition(position)).compress(Self.pictures())
      #expect(try coded == parameters.bound(to: RatePosition(position)).compress(Self.pictures()))
    }
    let highest = try regulator.bound(to: regulator.rateAxis.last)
    #expect(try highest.compress(Self.pictures()) == regulator.base.compress(Self.pictures()))
    // Files say how they were computed, since no table of such a width is stored.
    #expect(regulator.predictsTables && !regulator.base.predictsTables)
  }

  @Test(arguments: [
    ("QuantizationOffsets", "QuantizationOffsets puts elements back by offsets that the predicted scale of each decides"),
    (
      "{class_path: QuantizationOffsets, init_args: {offsets: false, hyper_steps: true}}",
      "scales a second latent, and this model has none; set its hyper_steps to false"
    ),
    ("QuantizationRegulator, quantizer: quantizer.SoftToHard", "which quantizer.SoftToHard does not have"),
  ])
  func whatNeedsAHyperpriorIsRefused(control: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try FactorizedPriorPlanTests.plan("{channels: 4, expansion_channels: 6, rate_control: \(control)}")
    }
    #expect(error.problems.contains { $0.sentence.contains(sentence) }, "\(error)")
  }

  private func largestDifference(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    return try withoutGradients { try (left - right).absolute().maximumElement().item() }
  }
}
