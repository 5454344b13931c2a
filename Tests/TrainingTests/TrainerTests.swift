import Foundation
import LatentModels
import Models
import SafeFiles
import Testing
import Torch
import Training
import Weights

/// Whole trainings of a tiny model; everything is compared bit by bit.
@Suite(.serialized) struct TrainerTests {
  @Test func oneSeedGivesOneCheckpoint() throws {
    let tiny = try TinyTraining()
    let first = try tiny.fitted(version: 0)
    #expect(first.step == 6)
    #expect(try tiny.fitted(version: 1) == first)
    #expect(try FileBytes.read(tiny.run(version: 0).last) == FileBytes.read(tiny.run(version: 1).last))
    var other = tiny
    other.seed = 4
    #expect(try other.fitted(version: 2).model != first.model)
  }

  @Test func aTrainingCanBeSplit() throws {
    let tiny = try TinyTraining()
    let whole = try tiny.fitted(version: 0)
    var half = tiny.settings
    half.maxSteps = 3
    let state = try tiny.state()
    #expect(try tiny.trainer(version: 1, settings: half).fit(state, shouldStop: { false }, observe: { _ in }) == .finished)
    let checkpoint = try Checkpoint.read(tiny.run(version: 1).last)
    #expect(checkpoint.step == 3)
    let continued = try tiny.state()
    try continued.restore(checkpoint)
    #expect(continued.step == 3)
    #expect(try tiny.trainer(version: 1).fit(continued, shouldStop: { false }, observe: { _ in }) == .finished)
    let end = try Checkpoint.read(tiny.run(version: 1).last)
    #expect(end.step == 6)
    #expect(end.model == whole.model)
    #expect(end.optimizers == whole.optimizers)
  }

  @Test(arguments: [0, 3])
  func theNumberOfWorkersDoesNotMatter(workers: Int) throws {
    var tiny = try TinyTraining()
    let one = try tiny.fitted(version: 0)
    tiny.workers = workers
    #expect(try tiny.fitted(version: 1) == one)
  }

  @Test func validationAndCheckpointsInBetweenDoNotChangeTheWeights() throws {
    var tiny = try TinyTraining()
    let plain = try tiny.fitted(version: 0)
    (tiny.settings.valCheckInterval, tiny.checkpoint.everyNTrainSteps) = (.count(2), 1)
    #expect(try tiny.fitted(version: 1).model == plain.model)
  }

  @Test func theLossFalls() throws {
    var tiny = try TinyTraining()
    tiny.settings.maxSteps = 40
    tiny.optimizer = Adam.Settings(lr: 1e-2)
    var losses: [Double] = []
    _ = try tiny.trainer().fit(
      tiny.state(), shouldStop: { false },
      observe: { event in
        if case .step(let report, _) = event { losses.append(report.loss) }
      })
    #expect(losses.count == 40)
    let (start, end): (Double, Double) = (losses.prefix(5).reduce(0, +), losses.suffix(5).reduce(0, +))
    #expect(end < start / 2, "\(losses)")
  }

  @Test func eventsAndFilesOfARun() throws {
    var tiny = try TinyTraining()
    (tiny.settings.valCheckInterval, tiny.checkpoint.everyNTrainSteps, tiny.settings.logEveryNSteps) = (.count(2), 3, 2)
    var words: [String] = []
    _ = try tiny.trainer().fit(
      tiny.state(), shouldStop: { false },
      observe: { event in
        switch event {
        case .step(let report, _): words.append("step \(report.step)")
        case .validation(let report, _): words.append("validation \(report.step) of \(report.pictures)")
        case .checkpoint(let path): if path.hasSuffix("last.ckpt") { words.append("last") }
        case .note(let sentence), .warning(let sentence): words.append(sentence)
        }
      })
    #expect(
      words == [
        "step 1", "step 2", "validation 2 of 5", "step 3", "last", "step 4", "validation 4 of 5", "step 5", "step 6", "validation 6 of 5",
        "last",
      ])
    let lines = String(decoding: try FileBytes.read(tiny.run().metrics), as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",")
    }
    #expect(lines.dropFirst().map { "\($0[0]) \($0[1])" } == ["2 train", "2 validate", "4 train", "4 validate", "6 train", "6 validate"])
    let best = try Checkpoint.read(tiny.run().best)
    #expect(try best.metrics["val_loss"] == Checkpoint.read(tiny.run().last).metrics["best_val_loss"])
    #expect(best.configuration == "name: tiny\n")
  }

  @Test func askedToStopItWritesACheckpointFirst() throws {
    let tiny = try TinyTraining()
    let whole = try tiny.fitted(version: 0)
    let state = try tiny.state()
    #expect(try tiny.trainer(version: 1).fit(state, shouldStop: { state.step == 2 }, observe: { _ in }) == .interrupted)
    let checkpoint = try Checkpoint.read(tiny.run(version: 1).last)
    #expect(checkpoint.step == 2)
    let continued = try tiny.state()
    try continued.restore(checkpoint)
    #expect(try tiny.trainer(version: 1).fit(continued, shouldStop: { false }, observe: { _ in }) == .finished)
    #expect(try Checkpoint.read(tiny.run(version: 1).last).model == whole.model)
  }

  @Test func anAbsurdLearningRateIsToldAndLeavesTheLastCheckpoint() throws {
    var tiny = try TinyTraining()
    tiny.settings.maxSteps = 50
    tiny.checkpoint.everyNTrainSteps = 1
    let state = try tiny.state()
    var settings = tiny.settings
    settings.maxSteps = 1
    _ = try tiny.trainer(settings: settings).fit(state, shouldStop: { false }, observe: { _ in })
    let before = try FileBytes.read(tiny.run().last)
    tiny.optimizer = Adam.Settings(lr: 1e30)
    tiny.checkpoint.everyNTrainSteps = 100
    let absurd = try tiny.state()
    try absurd.restore(Checkpoint.read(tiny.run().last))
    let error = try #require(throws: TrainingError.self) { try tiny.trainer().fit(absurd, shouldStop: { false }, observe: { _ in }) }
    guard case .divergedOn(step: 2, let pictures, checkpoint: tiny.run().last) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(pictures.count == 1 && pictures.allSatisfy { $0.hasSuffix(".png") })
    #expect("\(error)".contains("no longer finite at step 2") && "\(error)".contains("smaller learning rate"))
    #expect(try FileBytes.read(tiny.run().last) == before)
  }

  @Test func weightsThatAreNotNumbersAreToldAtOnce() throws {
    let tiny = try TinyTraining()
    let state = try tiny.state()
    let weight = try #require(state.model.namedParameters().first(where: { $0.name == "g_a.0.weight" })).parameter.tensor
    try withoutGradients { try weight.assign(Tensor(scalar: Float.nan)) }
    let error = #expect(throws: TrainingError.self) { try tiny.trainer().fit(state, shouldStop: { false }, observe: { _ in }) }
    guard case .divergedOn(step: 0, _, checkpoint: nil)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// The square root has no slope at 0: the loss is a number, its gradient is none.
  final class RootModel: CompressionModel {
    let parameter: Parameter

    init() throws { parameter = try Parameter(Tensor.zeros([1])) }

    let sideMultiple = 1
    var members: [Member] { [.parameter("p", parameter)] }

    func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
      ForwardOutput(reconstruction: try pictures + parameter.tensor.squareRoot(), likelihoods: [("y", try Tensor.full([1, 1, 1, 1], 0.5))])
    }
    func auxiliaryLoss() throws -> Tensor { try parameter.tensor.sum() }
    func updateTables() {}
    func compress(_ pictures: Tensor) -> CodedBatch { CodedBatch(payloads: [], latentHeight: 0, latentWidth: 0) }
    func decompress(_ coded: CodedBatch) throws -> Tensor { try Tensor.zeros([0]) }
  }

  @Test func gradientsThatAreNotNumbersDoNotReachTheWeights() throws {
    let model = try RootModel()
    var settings = TrainingState.Settings()
    settings.clipping = GradientClipping(limit: 1)
    let state = try TrainingState(
      model: model, loss: RateDistortionLoss(lambda: 1), settings: settings)
    #expect(throws: TrainingError.diverged(step: 0)) {
      try state.update(Tensor.zeros([1, 3, 4, 4]), noise: SampleNoise(seed: 1, step: 0, indices: [0]))
    }
    #expect(state.step == 0)
    #expect(try model.parameter.tensor.detached().item() == 0)
  }

  @Test func stepsDoNotDependOnTheBatchesBefore() throws {
    let tiny = try TinyTraining()
    let pictures = try Tensor.uniform([2, 3, 32, 32], in: 0...1, seed: 9)
    let (one, two) = try (tiny.state(), tiny.state())
    _ = try one.evaluate(pictures)
    let noise = SampleNoise(seed: 1, step: 0, indices: [4, 2])
    #expect(try one.update(pictures, noise: noise).bits == two.update(pictures, noise: noise).bits)
  }

  @Test func noiseIsDrawnForEachSampleAlone() throws {
    let shape = [2, 6, 2, 2]
    let both = try SampleNoise(seed: 1, step: 5, indices: [4, 2]).noise(for: "y", shape: shape)
    let first = try SampleNoise(seed: 1, step: 5, indices: [4]).noise(for: "y", shape: [1, 6, 2, 2])
    let second = try SampleNoise(seed: 1, step: 5, indices: [2]).noise(for: "y", shape: [1, 6, 2, 2])
    #expect(try both.elements() == first.elements() + second.elements())
    #expect(try both.absolute().maximumElement().item() <= 0.5)
    for other in [SampleNoise(seed: 2, step: 5, indices: [4, 2]), SampleNoise(seed: 1, step: 6, indices: [4, 2])] {
      #expect(try other.noise(for: "y", shape: shape).elements() != both.elements())
    }
    #expect(try SampleNoise(seed: 1, step: 5, indices: [4, 2]).noise(for: "z", shape: shape).elements() != both.elements())
  }
}
