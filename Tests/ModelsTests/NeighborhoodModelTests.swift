import Configuration
import Models
import Registry
import Testing
import Torch

/// TinyLIC and the model like MLIC++, tiny, from pixels to bytes and back, and of their published sizes.
@Suite(.serialized) struct NeighborhoodModelTests {
  static let tiny = [
    (model: "models.TinyLIC", arguments: "{channels: 8, expansion_channels: 20}"),
    (
      model: "models.MLICLike",
      arguments: "{channels: 4, expansion_channels: 8, context_model: {class_path: context.MultiReference, init_args: {slices: 2}}}"
    ),
  ]

  @Test(arguments: tiny) func picturesComeBackFromBytes(model: String, arguments: String) throws {
    let model = try #require(try FactorizedPriorPlanTests.plan(arguments, model: model).build(seed: 3) as? any TransformCodingModel)
    try model.updateTables()
    try withoutGradients {
      let picture = try Tensor.uniform([2, 3, 64, 128], in: 0...1, seed: 4)
      let coded = try model.compress(picture)
      #expect(coded.payloads.joined().map(\.count).reduce(0, +) > 0)
      // The decoder computes the latent that the encoder estimates from bytes alone; its picture is that of the encoder's latent.
      let decoded = try model.decompress(coded)
      #expect(decoded.shape == picture.shape)
      let latent = try model.decodedLatent(of: coded)
      let expected = try model.synthesis.forward(latent).clamped(from: 0, to: 1)
      #expect(try (decoded - expected).absolute().maximumElement().item() < 1e-4)
      // A picture by itself has the same bytes as among others.
      #expect(try model.compress(picture.narrowed(0, from: 1, length: 1)).payloads == coded.payloads.map { [$0[1]] })
    }
  }

  /// Every parameter of the transforms is trained.
  @Test(arguments: tiny) func gradientsReachAllNetworks(model: String, arguments: String) throws {
    let model = try #require(try FactorizedPriorPlanTests.plan(arguments, model: model).build(seed: 3) as? any TransformCodingModel)
    let picture = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: 4)
    let y = try model.analysis.forward(picture)
    try (model.synthesis.forward(y) - picture).squared().mean().backward()
    for (name, parameter) in model.analysis.namedParameters() + model.synthesis.namedParameters() {
      let gradient = try #require(try parameter.tensor.gradient(), "\(name)")
      #expect(try gradient.isFinite(), "\(name)")
    }
  }

  /// A part of a picture with the rows that the networks say gives what the whole picture gives, within it and at its border.
  @Test func partsAreThoseOfTheWhole() throws {
    let shape = NeighborhoodShape(heads: [2, 3, 2, 2], depths: [1, 1, 1, 1], kernel: 3)
    let encoder = try TinyLICEncoder(channels: 4, expansionChannels: 6, shape: shape, seeds: SeedSequence(1))
    let decoder = try TinyLICDecoder(channels: 4, expansionChannels: 6, shape: shape, seeds: SeedSequence(2))
    try withoutGradients {
      let picture = try Tensor.uniform([1, 3, 640, 32], in: 0...1, seed: 4)
      let whole = try encoder.forward(picture)
      let pictureOfWhole = try decoder.forward(whole)
      for rows in [0..<2, 19..<20, 38..<40] {
        let needed = try encoder.inputRows(for: rows).clamped(to: 0..<640)
        let places = needed.lowerBound / 16..<(needed.upperBound + 15) / 16
        #expect(places.count < 40, "\(places)")
        let part = try encoder.forward(picture.narrowed(2, from: 16 * places.lowerBound, length: 16 * places.count))
        let found = try part.narrowed(2, from: rows.lowerBound - places.lowerBound, length: rows.count)
        #expect(try (found - whole.narrowed(2, from: rows.lowerBound, length: rows.count)).absolute().maximumElement().item() < 1e-5)
        let pixels = 16 * rows.lowerBound..<16 * rows.upperBound
        let source = try decoder.inputRows(for: pixels).clamped(to: 0..<40)
        #expect(source.count < 40, "\(source)")
        let partOfPicture = try decoder.forward(whole.narrowed(2, from: source.lowerBound, length: source.count))
        let foundPixels = try partOfPicture.narrowed(2, from: pixels.lowerBound - 16 * source.lowerBound, length: pixels.count)
        let difference = try foundPixels - pictureOfWhole.narrowed(2, from: pixels.lowerBound, length: pixels.count)
        #expect(try difference.absolute().maximumElement().item() < 1e-5)
      }
    }
  }

  /// 83,501,408 in the authors' code (JiangWeibeta/MLIC, commit 4aa9d2a); the local context has fewer weights here.
  @Test func sizeIsThatOfMLICPlusPlus() throws {
    let model = try FactorizedPriorPlanTests.plan("{}", model: "models.MLICLike").build(seed: 1)
    #expect(abs(Double(model.parameterCount) / 83_501_408 - 1) < 0.005)
  }

  @Test(arguments: [
    (
      "models.TinyLIC", "{channels: 9, encoder: {class_path: networks.TinyLICEncoder, init_args: {heads: [3, 13, 2, 3]}}}",
      "must be divisors of the 9, 13, 18, 320 channels at the scales, found 3 for 320"
    ),
    (
      "models.TinyLIC", "{encoder: {class_path: networks.TinyLICEncoder, init_args: {heads: [8, 12]}}}", "must be 4 numbers in 1 ... 64"
    ),
    (
      "models.TinyLIC", "{hyper_analysis: {class_path: networks.TinyLICHyperAnalysis, init_args: {kernel: 4}}}",
      "must be an odd number in 3 ... 15"
    ),
    ("models.MLICLike", "{expansion_channels: 321}", "give heads a divisor"),
  ])
  func whatDoesNotFit(model: String, arguments: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try FactorizedPriorPlanTests.plan(arguments, model: model) }
    #expect("\(error)".contains(sentence), "\(error)")
  }

  /// The entropy model of the second latent follows the hyper analysis, and what follows can be said otherwise.
  @Test func theBottleneckFollows() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try FactorizedPriorPlanTests.plan(
        "{channels: 8, expansion_channels: 20, entropy_bottleneck: {class_path: prior.EntropyBottleneck, init_args: {channels: 8}}}",
        model: "models.TinyLIC")
    }
    #expect("\(error)".contains("the hyper analysis gives 12 channels"), "\(error)")
  }
}
