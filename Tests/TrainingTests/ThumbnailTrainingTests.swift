import Configuration
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch
import Weights

@testable import Training

/// The network of thumbnails in training: it learns, and the rest does not notice.
@Suite(.serialized) struct ThumbnailTrainingTests {
  struct Run: Settings { var model = Component<ModelKind>("models.Composed") }

  private static func state(_ more: String, loss: RateDistortionLoss = RateDistortionLoss(lambda: 0.01)) throws -> TrainingState {
    try Runtime.setThreads(1)
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + TrainingEntries.all)
    let text = "model: {class_path: models.Composed, init_args: {channels: 4, expansion_channels: 6\(more)}}\n"
    let run = try SettingsDecoder.decode(Run.self, from: try ConfigurationFile.parse(text, source: "a.yaml"), components: catalogue)
    var settings = TrainingState.Settings(main: Adam.Settings(lr: 5e-3), auxiliary: Adam.Settings(lr: 1e-2))
    // Below the norm that the gradients have.
    settings.clipping = GradientClipping(limit: 0.1)
    return try TrainingState(model: catalogue.build(run.model, as: ModelPlan.self).build(seed: 3), loss: loss, settings: settings)
  }

  private static let head = ", thumbnail: {class_path: networks.ThumbnailSynthesis, init_args: {width: 8}}"

  private static func updates(_ state: TrainingState, _ count: Int, side: Int = 64) throws -> [StepReport] {
    let pictures = try Tensor.uniform([2, 3, side, side], in: 0.3...0.7, seed: 2)
    return try (0..<count).map { step in try state.update(pictures, noise: SampleNoise(seed: 1, step: step, indices: [0, 1])) }
  }

  @Test(arguments: ["", ", rate_control: rate_control.GainUnits"]) func theRestLearnsTheSame(more: String) throws {
    let (with, without) = (try Self.state(more + Self.head), try Self.state(more))
    let (reports, others) = (try Self.updates(with, 3), try Self.updates(without, 3))
    #expect(reports.map(\.loss) == others.map(\.loss) && reports.map(\.gradientNorm) == others.map(\.gradientNorm))
    #expect(others.allSatisfy { $0.thumbnailError == nil && $0.metrics["thumbnail_mse"] == nil })
    #expect(reports.allSatisfy { $0.metrics["thumbnail_mse"] == $0.thumbnailError && $0.gradientNorm ?? 0 > 0.1 })
    let (state, other) = (try with.model.storedState(), try without.model.storedState())
    #expect(state.names.filter { !$0.hasPrefix("thumbnail.") } == other.names && state.count == other.count + 4)
    for (name, tensor) in other { #expect(state[name] == tensor, "\(name)") }
  }

  @Test(arguments: [RateDistortionLoss(lambda: 0.01), RateDistortionLoss(lambda: 2, measure: .msSSIM)])
  func itLearnsEvenAlone(loss: RateDistortionLoss) throws {
    let state = try Self.state(Self.head, loss: loss)
    for (name, parameter) in state.model.namedParameters() where !name.hasPrefix("thumbnail.") { try parameter.freeze() }
    let frozen = try TrainingState(
      model: state.model, loss: loss, settings: TrainingState.Settings(main: Adam.Settings(lr: 5e-3), auxiliary: Adam.Settings(lr: 1e-2)))
    let before = try state.model.storedState()
    let errors = try Self.updates(frozen, 12, side: loss.measure == .mse ? 64 : 192).compactMap(\.thumbnailError)
    #expect(errors.count == 12 && errors[11] < errors[0] / 2, "\(errors)")
    let after = try state.model.storedState()
    for (name, tensor) in before { #expect((after[name] == tensor) == !name.hasPrefix("thumbnail."), "\(name)") }
  }

  /// Against means that a loop takes over squares of eight pixels.
  @Test func theErrorIsThatOfMeansOverSquares() throws {
    let pictures = try Tensor.uniform([1, 3, 32, 16], in: 0...1, seed: 4)
    let thumbnails = try Tensor.uniform([1, 3, 4, 2], in: 0...1, seed: 5)
    let output = ForwardOutput(
      reconstruction: pictures, likelihoods: [("y", try Tensor.full([1, 1, 2, 2], 0.5))], thumbnails: thumbnails)
    let error = try #require(try RateDistortionLoss(lambda: 0.01)(output, pictures: pictures).thumbnailError).item()
    let (samples, small) = (try pictures.elements(Float.self), try thumbnails.elements(Float.self))
    var sum = 0.0
    for channel in 0..<3 {
      for y in 0..<4 {
        for x in 0..<2 {
          var mean = 0.0
          for row in 0..<8 { for column in 0..<8 { mean += Double(samples[(channel * 32 + y * 8 + row) * 16 + x * 8 + column]) / 64 } }
          let difference = mean - Double(small[(channel * 4 + y) * 2 + x])
          sum += difference * difference
        }
      }
    }
    #expect(abs(error - sum / 24) < 1e-6)
  }
}
