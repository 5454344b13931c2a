import Configuration
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch
import Training

/// A model of levels of codebooks in training.
@Suite(.serialized) struct UnifiedMixtureTrainingTests {
  private static func state() throws -> TrainingState {
    try Runtime.setThreads(1)
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + TrainingEntries.all)
    let text = """
      model:
        class_path: models.UnifiedMixture
        init_args: {channels: 4, quantizer: {init_args: {sizes: [8, 4], reassignment_steps: 3}}}
      """
    let run = try SettingsDecoder.decode(
      QuantizerTrainingTests.Run.self, from: try ConfigurationFile.parse(text + "\n", source: "a.yaml"), components: catalogue)
    return try TrainingState(
      model: catalogue.build(run.model, as: ModelPlan.self).build(seed: 3), loss: RateDistortionLoss(lambda: 0.01),
      settings: TrainingState.Settings(main: Adam.Settings(lr: 5e-3)))
  }

  private static func pictures() throws -> Tensor { try Tensor.uniform([2, 3, 64, 64], in: 0.6...0.9, seed: 2) }

  private static func update(_ state: TrainingState) throws -> StepReport {
    try state.update(pictures(), noise: SampleNoise(seed: 1, step: state.step, indices: [0, 1]))
  }

  @Test func theLossFalls() throws {
    let state = try Self.state()
    let before = try state.evaluate(Self.pictures())
    var errors: [Double] = []
    for _ in 0..<20 { errors.append(try Self.update(state).meanSquaredError) }
    let (first, last) = (errors.prefix(3).reduce(0, +), errors.suffix(3).reduce(0, +))
    #expect(last < first / 2, "\(errors)")
    let after = try state.evaluate(Self.pictures())
    #expect(try after.loss.item() < before.loss.item() && after.meanSquaredError.item() < before.meanSquaredError.item())
    // What is counted makes fewer bits of the same numbers.
    #expect(try after.bitsPerPixel.item() < before.bitsPerPixel.item())
  }

  /// Frequencies and what was replaced go on where a checkpoint was written, also just before a replacement.
  @Test(arguments: [3, 4]) func aResumedTrainingGoesOnExactly(steps: Int) throws {
    let whole = try Self.state()
    var losses: [Double] = []
    for _ in 0..<7 { losses.append(try Self.update(whole).loss) }
    let first = try Self.state()
    for _ in 0..<steps { _ = try Self.update(first) }
    let second = try Self.state()
    try second.restore(first.checkpoint(seed: 1, configuration: ""))
    for step in steps..<7 { #expect(try Self.update(second).loss == losses[step]) }
    #expect(try second.model.storedState() == whole.model.storedState())
  }
}
