import Benchpresso
import Codecs
import Configuration
import Images
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch
import Training

@testable import CustomComponents

struct ResidualFactorizedPriorTests {
  private func model(_ arguments: Node = ["channels": 4, "expansion_channels": 6]) throws -> any CompressionModel {
    let catalogue = try BuiltIn.catalogue(adding: CustomComponents.entries)
    let plan: ModelPlan = try catalogue.build(Component<ModelKind>("models.ResidualFactorizedPrior", arguments))
    return try plan.build(seed: 3)
  }

  private static let picture = Image(
    width: 64, height: 48, pixels: (0..<64 * 48 * 3).map { UInt8(truncatingIfNeeded: $0 / 3 * 5 + $0 % 3 * 40) })

  @Test func shapesAndParts() throws {
    let model = try model()
    let output = try model.forward(Tensor.zeros([2, 3, 32, 48]), noise: nil)
    #expect(output.reconstruction.shape == [2, 3, 32, 48] && output.likelihoods.map(\.name) == ["y"])
    #expect(output.likelihoods[0].tensor.shape == [2, 6, 2, 3] && model.sideMultiple == 16)
    // A β for each of six places, and the quantiles apart from what the loss trains.
    #expect(model.namedParameters().count { $0.name.hasSuffix(".beta") } == 6)
    #expect(model.auxiliaryParameters.map(\.name) == ["entropy_bottleneck.quantiles"])
  }

  @Test func anyNonlinearityFits() throws {
    let model = try model(["channels": 4, "expansion_channels": 6, "activation": "GDN"])
    #expect(model.namedParameters().count { $0.name.hasSuffix(".beta") } == 6)
    #expect(throws: ConfigurationError.self) { try self.model(["channels": 0]) }
  }

  /// A file of real bytes gives the picture that the model makes without a coder, bit for bit.
  @Test func whatIsCodedComesBack() throws {
    let model = try model()
    try model.updateTables()
    let pictures = try Tensor.pictures(interleaved: Self.picture.pixels, count: 1, height: 48, width: 64)
    let expected = try withoutGradients { try model.forward(pictures, noise: nil).reconstruction.clamped(from: 0, to: 1) }
    let coded = try model.compress(pictures)
    #expect(coded.byteCount > 0 && coded.latentHeight == 3 && coded.latentWidth == 4)
    #expect(try model.decompress(coded).elements(Float.self) == expected.elements(Float.self))

    let codec = try LearnedCodec(model: model, identity: "models.ResidualFactorizedPrior")
    let file = try codec.encode(Self.picture).file
    let decoded = try codec.decode(file, name: "picture.bps").image
    #expect(decoded.pixels == (try expected.interleavedSamples()))
  }

  @Test func trainingLowersTheLoss() throws {
    let model = try model()
    let state = try TrainingState(
      model: model, loss: RateDistortionLoss(lambda: 0.013, measure: .mse), settings: TrainingState.Settings(main: Adam.Settings(lr: 1e-3)))
    let pictures = try Tensor.pictures(interleaved: Self.picture.pixels, count: 1, height: 48, width: 64)
    func loss() throws -> Double {
      try withoutGradients {
        let output = try model.forward(pictures, noise: nil)
        return try (output.reconstruction - pictures).squared().mean().item()
      }
    }
    let before = try loss()
    for step in 0..<20 { _ = try state.update([(pictures, SampleNoise(seed: 1, step: step, indices: [0]))]) }
    #expect(try loss() < before * 0.9)
  }
}
