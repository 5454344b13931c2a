import Configuration
import LatentModels
import Models
import Registry
import Testing
import Torch

/// The model of levels of codebooks.
@Suite(.serialized) struct UnifiedMixtureTests {
  static func plan(_ arguments: String) throws -> ModelPlan {
    try FactorizedPriorPlanTests.plan(arguments, model: "models.UnifiedMixture")
  }

  static let tiny = "{channels: 8, quantizer: {class_path: quantizer.CascadedVector, init_args: {groups: 2, sizes: [16, 8]}}}"

  /// Counted with the authors' `Compressor` (xiaosu-zhu/McQuic, version 0.1.39), whose counts of codewords are no parameters here.
  @Test(arguments: [
    ("{}", 50_558_738), (tiny, 137_056),
    ("{channels: 4, quantizer: {class_path: quantizer.CascadedVector, init_args: {groups: 1, sizes: [4]}}}", 20_053),
  ])
  func sizeIsThatOfTheAuthors(arguments: String, count: Int) throws {
    #expect(try Self.plan(arguments).build(seed: 1).parameterCount == count)
  }

  @Test func shapesAndRate() throws {
    let model = try #require(try Self.plan(Self.tiny).build(seed: 1) as? FactorizedPrior)
    #expect(model.sideMultiple == 32)
    let pictures = try Tensor.uniform([2, 3, 64, 96], in: 0...1, seed: 3)
    try withoutGradients {
      #expect(try model.analyze(pictures).shape == [2, 8, 8, 12])
      let output = try model.forward(pictures, noise: nil)
      #expect(output.reconstruction.shape == pictures.shape)
      // Equally frequent entries: log₂ k bits for each number.
      let bits = try -output.likelihoods[0].tensor.logarithm().sum().item() / 0.6931471805599453
      #expect(abs(bits - 2 * 2 * (4 * 24 + 3 * 6)) < 0.01)
      #expect(try model.encodingTransforms(pictures).map(\.shape) == [[2, 8, 4, 6], [2, 8, 2, 3]])
      #expect(try model.decodingTransforms(model.encodingTransforms(pictures)).shape == pictures.shape)
    }
  }

  /// Other networks and other quantizers fit in its places, and it needs none of them.
  @Test(arguments: [
    "{channels: 4, quantizer: quantizer.Mixed}",
    "{channels: 4, encoder: networks.Cheng2020AnchorEncoder, decoder: networks.Cheng2020AnchorDecoder, activation: nonlinearity.OneDN, "
      + "quantizer: {class_path: quantizer.CascadedVector, init_args: {sizes: [4]}}}",
  ])
  func partsAreExchangeable(arguments: String) throws {
    let model = try Self.plan(arguments).build(seed: 1)
    let side = model.sideMultiple
    let output = try model.forward(
      Tensor.uniform([1, 3, side, side], in: 0...1, seed: 3), noise: SampleNoise(seed: 1, step: 0, indices: [0]))
    #expect(output.reconstruction.shape == [1, 3, side, side])
  }

  /// No gradient goes through the rate, and every parameter has one of the distortion.
  @Test func theDistortionTrainsEverything() throws {
    let model = try Self.plan(Self.tiny).build(seed: 1)
    let pictures = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: 3)
    let output = try model.inTraining { try model.forward(pictures, noise: SampleNoise(seed: 1, step: 0, indices: [0])) }
    #expect(!output.likelihoods[0].tensor.requiresGradient)
    try (output.reconstruction - pictures).squared().mean().backward()
    for (name, parameter) in model.namedParameters() {
      let gradient = try #require(try parameter.tensor.gradient(), "\(name)")
      #expect(try gradient.isFinite(), "\(name)")
    }
  }
}
