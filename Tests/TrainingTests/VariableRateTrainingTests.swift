import Configuration
import Foundation
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
    ("MeanScaleHyperprior", ", rate_control: GainUnits"), ("JointAutoregressiveHyperprior", ", rate_control: QuantizationRegulator"),
    ("ScaleHyperprior", ", rate_control: ScaleParameters"), ("MeanScaleHyperprior", ", rate_control: ConditionalConvolutions"),
    ("MeanScaleHyperprior", ", rate_control: ModulatedAutoencoder"),
    ("MeanScaleHyperprior", ", rate_control: {class_path: SpatialFeatureTransform, init_args: {condition_channels: 4}}"),
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
      at: TrainedRate.drawn(for: state.model, seed: 5, step: state.step))
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

  @Test(arguments: 0..<4) func gradientsReachEveryTrainedParameter(row: Int) throws {
    let state = try Self.state(row)
    // Larger latents, so that there are whole numbers other than zero.
    try withoutGradients {
      for (name, parameter) in state.model.namedParameters() where name == "g_a.6.weight" { try parameter.tensor.scale(by: 60) }
    }
    let setting = try RateSetting(
      model: state.model, loss: RateDistortionLoss(lambda: 0.01), rate: TrainedRate(RatePosition(6)), pictures: Self.pictures())
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
      let setting = try RateSetting(
        model: model, loss: RateDistortionLoss(lambda: 5, measure: .msSSIM), rate: TrainedRate(RatePosition(Double(index))),
        pictures: Self.pictures())
      #expect(setting.loss == RateDistortionLoss(lambda: lambda, measure: .msSSIM))
    }
    let fixed = try RateSetting(model: TinyTraining.model(), loss: RateDistortionLoss(lambda: 5), rate: nil, pictures: Self.pictures())
    #expect(fixed.loss.lambda == 5)
    #expect(try TrainedRate.drawn(for: TinyTraining.model(), seed: 1, step: 1) == nil)
  }

  @Test func whatIsDrawnFollowsFromSeedAndStepAndReachesAllRates() throws {
    let model = try Self.state(1).model
    func drawn(_ seed: UInt64) -> [Double?] { (0..<200).map { TrainedRate.drawn(for: model, seed: seed, step: $0)?.position.position } }
    #expect(drawn(1) == drawn(1) && drawn(1) != drawn(2))
    let counts = Dictionary(grouping: drawn(1)) { $0 }.mapValues(\.count)
    #expect(counts.count == 8 && counts.values.allSatisfy { $0 > 8 }, "\(counts)")
  }

  @Test func anAxisThatIsTrainedBetweenItsPointsIsDrawnFromAsAWhole() throws {
    let conditional = try Self.state(7).model
    let positions = (0..<50).compactMap { TrainedRate.drawn(for: conditional, seed: 1, step: $0)?.position.position }
    #expect(positions.count == 50 && positions.allSatisfy { 0...7 ~= $0 } && Set(positions.map { Int($0) }).count > 5)
    let spatial = try Self.state(9).model
    let rates = (0..<50).compactMap { TrainedRate.drawn(for: spatial, seed: 1, step: $0) }
    #expect(10...40 ~= rates.count { $0.slope != nil })
  }

  @Test func aMapRisesInItsDirectionAndWeightsTheErrors() throws {
    let slope = QualitySlope(first: 0.2, last: 0.8, angle: 0)
    let map = try slope.map(height: 3, width: 5).elements(Float.self)
    for row in 0..<3 {
      #expect(zip(map[5 * row..<5 * row + 5], [0.2, 0.35, 0.5, 0.65, 0.8] as [Float]).allSatisfy { abs($0 - $1) < 1e-6 }, "\(map)")
    }
    let diagonal = try QualitySlope(first: 0, last: 1, angle: .pi / 4).map(height: 4, width: 4).elements(Float.self)
    #expect(abs(diagonal[0]) < 1e-6 && abs(diagonal[15] - 1) < 1e-6 && abs(diagonal[3] - 0.5) < 1e-6)
    let state = try Self.state(9)
    let rate = TrainedRate(RatePosition(3.5), slope: slope)
    let setting = try RateSetting(model: state.model, loss: RateDistortionLoss(lambda: 1), rate: rate, pictures: Self.pictures())
    let lambdas = try #require(setting.lambdas)
    #expect(lambdas.shape == [1, 1, 64, 64])
    let expected = 0.001 * pow(80, 0.2)
    #expect(abs(try lambdas.elements(Float.self)[0] / Float(expected) - 1) < 1e-5)
    let terms = try setting.terms(Self.pictures()) { try $0.forward(Self.pictures(), noise: nil) }
    #expect(try terms.loss.item() > terms.bitsPerPixel.item())
    // Equal weights are λ everywhere.
    let output = try setting.model.forward(Self.pictures(), noise: nil)
    let plain = try RateDistortionLoss(lambda: 0.05)(output, pictures: Self.pictures()).loss.item()
    let even = try RateDistortionLoss(lambda: 1)(output, pictures: Self.pictures(), lambdas: Tensor.full([1, 1, 64, 64], 0.05)).loss.item()
    #expect(abs(plain - even) < 1e-4 * plain)
  }

  @Test(arguments: [1, 7, 9]) func aResumedTrainingGoesOnExactly(row: Int) throws {
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
