import Configuration
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch
import Training

/// Models with each quantizer in training.
@Suite(.serialized) struct QuantizerTrainingTests {
  static let rows: [(model: String, quantizer: String)] = [
    ("FactorizedPrior", "StraightThrough"), ("FactorizedPrior", "Mixed"),
    ("FactorizedPriorReLU", "{class_path: SoftRounding, init_args: {annealing_steps: 8}}"),
    ("FactorizedPrior", "{class_path: Universal, init_args: {alpha: 4}}"),
    ("FactorizedPrior", "{class_path: SoftToHard, init_args: {dimension: 2, range: 1, annealing_steps: 8}}"),
    ("FactorizedPrior", "StochasticBinarization"),
    ("FactorizedPrior", "{class_path: NonUniform, init_args: {warmup_steps: 3, turn_steps: 4, range: 1}}"),
    ("FactorizedPrior", "{class_path: EntropyConstrainedVector, init_args: {range: 1}}"), ("MeanScaleHyperprior", "Mixed"),
    ("ScaleHyperprior", "StraightThrough"), ("JointAutoregressiveHyperprior", "Mixed"), ("MeanScaleHyperprior", "SoftRounding"),
    ("FactorizedPrior", "{class_path: CascadedVector, init_args: {sizes: [8, 4], reassignment_steps: 3}}"),
  ]

  private static func state(_ row: Int) throws -> TrainingState {
    try Runtime.setThreads(1)
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + TrainingEntries.all)
    let (model, quantizer) = rows[row]
    let text = "model: {class_path: \(model), init_args: {channels: 4, expansion_channels: 6, quantizer: \(quantizer)}}\n"
    let run = try SettingsDecoder.decode(Run.self, from: try ConfigurationFile.parse(text, source: "a.yaml"), components: catalogue)
    let settings = TrainingState.Settings(main: Adam.Settings(lr: 5e-3), auxiliary: Adam.Settings(lr: 1e-2))
    return try TrainingState(
      model: catalogue.build(run.model, as: ModelPlan.self).build(seed: 3), loss: RateDistortionLoss(lambda: 0.01), settings: settings)
  }

  struct Run: Settings { var model = Component<ModelKind>("models.FactorizedPrior") }

  private static func pictures() throws -> Tensor { try Tensor.uniform([2, 3, 64, 64], in: 0.3...0.7, seed: 2) }

  private static func update(_ state: TrainingState) throws -> StepReport {
    try state.update(pictures(), noise: SampleNoise(seed: 1, step: state.step, indices: [0, 1]))
  }

  @Test(arguments: rows.indices) func theLossFalls(row: Int) throws {
    let state = try Self.state(row)
    let before = try state.evaluate(Self.pictures()).loss.item()
    var losses: [Double] = []
    for _ in 0..<15 { losses.append(try Self.update(state).loss) }
    #expect(losses.suffix(3).reduce(0, +) < losses.prefix(3).reduce(0, +), "\(losses)")
    #expect(try state.evaluate(Self.pictures()).loss.item() < before)
    // The trained model codes.
    try state.model.updateTables()
    let coded = try state.model.compress(Self.pictures())
    #expect(try state.model.decompress(coded).shape == [2, 3, 64, 64])
  }

  /// What follows the steps of a training goes on where a checkpoint was written.
  @Test(arguments: [2, 4, 6, 12]) func aResumedTrainingGoesOnExactly(row: Int) throws {
    let whole = try Self.state(row)
    var losses: [Double] = []
    for _ in 0..<6 { losses.append(try Self.update(whole).loss) }
    let first = try Self.state(row)
    for _ in 0..<4 { _ = try Self.update(first) }
    let second = try Self.state(row)
    try second.restore(first.checkpoint(seed: 1, configuration: ""))
    #expect(try [Self.update(second).loss, Self.update(second).loss] == Array(losses.suffix(2)))
  }
}
