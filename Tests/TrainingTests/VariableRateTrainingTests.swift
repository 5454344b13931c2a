import Configuration
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch

@testable import Training

/// Models of several rates in training.
@Suite(.serialized) struct VariableRateTrainingTests {
  struct Run: Settings { var model = Component<ModelKind>("models.FactorizedPrior") }

  static let rows: [(model: String, settings: String)] = [
    ("VariableRateScaleHyperprior", ""), ("VariableRateMeanScaleHyperprior", ""), ("VariableRateJointAutoregressiveHyperprior", ""),
    ("MeanScaleHyperprior", ", rate_control: {class_path: QuantizationOffsets, init_args: {offsets: false}}"),
  ]

  private static func state(_ row: Int) throws -> TrainingState {
    try Runtime.setThreads(1)
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + TrainingEntries.all)
    let (model, more) = rows[row]
    let text = "model: {class_path: \(model), init_args: {channels: 4, expansion_channels: 6\(more)}}\n"
    let run = try SettingsDecoder.decode(Run.self, from: try ConfigurationFile.parse(text, source: "a.yaml"), components: catalogue)
    let settings = TrainingState.Settings(main: Adam.Settings(lr: 5e-3), auxiliary: Adam.Settings(lr: 1e-2))
    return try TrainingState(
      model: catalogue.build(run.model, as: ModelPlan.self).build(seed: 3), loss: RateDistortionLoss(lambda: 0.01), settings: settings)
  }

  private static func pictures() throws -> Tensor { try Tensor.uniform([2, 3, 64, 64], in: 0.3...0.7, seed: 2) }

  private static func update(_ state: TrainingState) throws -> StepReport {
    try state.update(
      [(pictures(), SampleNoise(seed: 1, step: state.step, indices: [0, 1]))],
      at: RateSetting.drawn(for: state.model, seed: 5, step: state.step))
  }

  @Test(arguments: rows.indices) func theMeanLossOverAllRatesFalls(row: Int) throws {
    let state = try Self.state(row)
    let before = try state.evaluate(Self.pictures()).loss.item()
    for _ in 0..<16 { _ = try Self.update(state) }
    #expect(try state.evaluate(Self.pictures()).loss.item() < before)
    try state.model.updateTables()
    let model = try #require(state.model as? any VariableRateModel)
    for position in [0, 4.5, 7] {
      let bound = try model.bound(to: RatePosition(position))
      #expect(try bound.decompress(bound.compress(Self.pictures())).shape == [2, 3, 64, 64])
    }
  }

  @Test(arguments: rows.indices) func gradientsReachEveryTrainedParameter(row: Int) throws {
    let state = try Self.state(row)
    // Larger latents, so that there are whole numbers other than zero.
    try withoutGradients {
      for (name, parameter) in state.model.namedParameters() where name == "g_a.6.weight" { try parameter.tensor.scale(by: 60) }
    }
    let setting = try RateSetting(model: state.model, loss: RateDistortionLoss(lambda: 0.01), point: RatePosition(6))
    let output = try setting.model.forward(Self.pictures(), noise: SampleNoise(seed: 1, step: 0, indices: [0, 1]))
    try setting.loss(output, pictures: Self.pictures()).loss.backward()
    let control = try #require(state.model as? RateControlledModel).control
    let usesOffsets = !Self.rows[row].settings.contains("false")
    for (name, parameter) in control.namedParameters() where parameter.isTrained && usesOffsets {
      let gradient = try #require(try parameter.tensor.gradient(), "\(name)")
      #expect(try gradient.isFinite())
      // Of the rectified units some may be off.
      if name.hasSuffix("4.bias") || name.hasPrefix("scale_to_context") { #expect(try gradient.absolute().sum().item() > 0, "\(name)") }
    }
    #expect(try state.model.namedParameters().first { $0.name == "g_a.0.weight" }?.parameter.tensor.gradient() != nil)
  }

  @Test func anUpdateTakesTheLambdaOfItsRate() throws {
    let state = try Self.state(1)
    let model = try #require(state.model as? any VariableRateModel)
    for (index, lambda) in model.rateAxis.lambdas.enumerated() {
      let setting = try RateSetting(model: model, loss: RateDistortionLoss(lambda: 5, measure: .msSSIM), point: RatePosition(Double(index)))
      #expect(setting.loss == RateDistortionLoss(lambda: lambda, measure: .msSSIM))
    }
    let fixed = try RateSetting(model: TinyTraining.model(), loss: RateDistortionLoss(lambda: 5), point: nil)
    #expect(fixed.loss.lambda == 5)
    #expect(try RateSetting.drawn(for: TinyTraining.model(), seed: 1, step: 1) == nil)
  }

  @Test func whatIsDrawnFollowsFromSeedAndStepAndReachesAllRates() throws {
    let model = try Self.state(1).model
    func drawn(_ seed: UInt64) -> [Double?] { (0..<200).map { RateSetting.drawn(for: model, seed: seed, step: $0)?.position } }
    #expect(drawn(1) == drawn(1) && drawn(1) != drawn(2))
    let counts = Dictionary(grouping: drawn(1)) { $0 }.mapValues(\.count)
    #expect(counts.count == 8 && counts.values.allSatisfy { $0 > 8 }, "\(counts)")
  }

  @Test func aResumedTrainingGoesOnExactly() throws {
    let whole = try Self.state(1)
    var losses: [Double] = []
    for _ in 0..<6 { losses.append(try Self.update(whole).loss) }
    let first = try Self.state(1)
    for _ in 0..<4 { _ = try Self.update(first) }
    let second = try Self.state(1)
    try second.restore(first.checkpoint(seed: 1, configuration: ""))
    #expect(try [Self.update(second).loss, Self.update(second).loss] == Array(losses.suffix(2)))
  }
}
