import Foundation
import Images
import LatentModels
import Models
import SafeFiles
import Testing
import Torch
import Training
import Weights

/// Callbacks in a tiny training of five pictures in batches of two: three steps an epoch.
@Suite(.serialized) struct CallbacksTests {
  /// Gives validations the losses of a list, one after the other.
  final class Script: CustomTraining {
    let inner: FactorizedPrior
    let losses: [Double]
    private var validations = 0

    init(_ losses: [Double]) throws {
      inner = try TinyTraining.model()
      self.losses = losses
    }

    var members: [Member] { inner.members }
    var sideMultiple: Int { inner.sideMultiple }
    func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput { try inner.forward(pictures, noise: noise) }
    func auxiliaryLoss() throws -> Tensor { try inner.auxiliaryLoss() }
    func updateTables() throws { try inner.updateTables() }
    func compress(_ pictures: Tensor) throws -> CodedBatch { try inner.compress(pictures) }
    func decompress(_ coded: CodedBatch) throws -> Tensor { try inner.decompress(coded) }

    func evaluationTerms(_ pictures: Tensor, loss: RateDistortionLoss) throws -> LossTerms {
      let terms = try loss(forward(pictures, noise: nil), pictures: pictures)
      defer { validations += 1 }
      let value = losses[min(validations, losses.count - 1)]
      return LossTerms(
        loss: try Tensor(scalar: Float(value)), meanSquaredError: terms.meanSquaredError, msSSIM: nil, bitsPerPixel: terms.bitsPerPixel)
    }

    var mainOptimizer: (any OptimizerSettings)? { StochasticGradientDescent.Settings() }
  }

  private struct Result {
    var words: [String] = []
    var notes: [String] = []
    var steps: Int { words.filter { $0.hasPrefix("step") }.count }
  }

  private func train(
    _ tiny: TinyTraining, callbacks: [any TrainingCallback], model: (any CompressionModel)? = nil, version: Int = 0
  ) throws -> Result {
    var result = Result()
    var state = try tiny.state()
    if let model { state = try TrainingState(model: model, loss: RateDistortionLoss(lambda: 0.013)) }
    _ = try tiny.trainer(version: version, parts: TrainerParts(callbacks: callbacks)).fit(
      state, shouldStop: { false },
      observe: { event in
        switch event {
        case .step(let report, _): result.words.append("step \(report.step)")
        case .validation(let report, _): result.words.append("validation \(report.step)")
        case .checkpoint(let path): result.words.append(path.split(separator: "/").last.map(String.init) ?? path)
        case .note(let sentence), .warning(let sentence): result.notes.append(sentence)
        }
      })
    return result
  }

  /// One validation of one batch after every step.
  private func watching(steps: Int) throws -> TinyTraining {
    var tiny = try TinyTraining()
    (tiny.settings.maxSteps, tiny.settings.valCheckInterval, tiny.settings.limitValBatches) = (steps, .count(1), .count(1))
    tiny.settings.numSanityValSteps = 0
    return tiny
  }

  private func files(_ tiny: TinyTraining) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: tiny.run().checkpoints).sorted()
  }

  @Test func earlyStoppingCountsValidations() throws {
    var settings = EarlyStopping.Settings()
    settings.patience = 2
    let tiny = try watching(steps: 20)
    // Lightning stops after the fourth of 3, 2, 2.5, 2.6 with a patience of 2.
    let result = try train(tiny, callbacks: [EarlyStopping(settings)], model: Script([3, 2, 2.5, 2.6, 1]))
    #expect(result.steps == 4)
    #expect(
      result.notes == [
        "EarlyStopping: val_loss has not improved over 2 validations; its best is 2.0, so the training ends after step 4"
      ])
  }

  @Test func earlyStoppingWaitsForTheLeastNumberOfSteps() throws {
    var settings = EarlyStopping.Settings()
    settings.patience = 1
    var tiny = try watching(steps: 20)
    tiny.settings.minSteps = 5
    let result = try train(tiny, callbacks: [EarlyStopping(settings)], model: Script([1, 2]))
    #expect(result.steps == 5)
    #expect(result.notes.first?.hasSuffix("the training goes on until step 5, as min_steps and min_epochs say") == true)
    var epochs = try watching(steps: 20)
    epochs.settings.minEpochs = 2
    #expect(try train(epochs, callbacks: [EarlyStopping(settings)], model: Script([1, 2])).steps == 6)
  }

  @Test func earlyStoppingByThresholds() throws {
    var (good, bad) = (EarlyStopping.Settings(), EarlyStopping.Settings())
    (good.stoppingThreshold, bad.divergenceThreshold) = (1.5, 10)
    #expect(try train(watching(steps: 9), callbacks: [EarlyStopping(good)], model: Script([3, 2, 1])).steps == 3)
    #expect(try train(watching(steps: 9), callbacks: [EarlyStopping(bad)], model: Script([3, 11])).steps == 2)
    var delta = EarlyStopping.Settings()
    (delta.minDelta, delta.patience) = (0.5, 2)
    #expect(try train(watching(steps: 9), callbacks: [EarlyStopping(delta)], model: Script([3, 2.8, 2.6, 0])).steps == 3)
  }

  @Test func aValidationThatIsNotANumberIsAnError() throws {
    let tiny = try watching(steps: 9)
    #expect(throws: TrainingError.notFinite(metric: "val_loss", step: 2)) {
      try train(tiny, callbacks: [EarlyStopping()], model: Script([3, .nan]))
    }
    var settings = EarlyStopping.Settings()
    (settings.checkFinite, settings.patience) = (false, 1)
    #expect(try train(tiny, callbacks: [EarlyStopping(settings)], model: Script([3, .nan]), version: 1).steps == 9)
  }

  @Test func theBestOnesStay() throws {
    var settings = ModelCheckpoint.Settings()
    (settings.monitor, settings.saveTopK, settings.everyNTrainSteps) = (.validationLoss, 2, 100)
    settings.filename = CheckpointName("{step}-{val_loss:.1f}")
    let tiny = try watching(steps: 5)
    _ = try train(tiny, callbacks: [ModelCheckpoint(settings)], model: Script([5, 3, 4, 9, 1]))
    #expect(try files(tiny) == ["best.ckpt", "last.ckpt", "step=2-val_loss=3.0.ckpt", "step=5-val_loss=1.0.ckpt"])
    #expect(try Checkpoint.read(tiny.run().best).step == 5)
    settings.mode = .max
    let other = try watching(steps: 5)
    _ = try train(other, callbacks: [ModelCheckpoint(settings)], model: Script([5, 3, 4, 9, 1]))
    #expect(try files(other) == ["best.ckpt", "last.ckpt", "step=1-val_loss=5.0.ckpt", "step=4-val_loss=9.0.ckpt"])
    #expect(try Checkpoint.read(other.run().best).step == 4)
  }

  @Test func checkpointsAtTheEndsOfEpochs() throws {
    var settings = ModelCheckpoint.Settings()
    (settings.everyNTrainSteps, settings.everyNEpochs, settings.saveTopK, settings.autoInsertMetricName) = (0, 2, -1, false)
    var tiny = try TinyTraining()
    tiny.settings.maxSteps = 8
    _ = try train(tiny, callbacks: [ModelCheckpoint(settings)])
    #expect(try files(tiny) == ["1-6.ckpt", "best.ckpt", "last.ckpt"])
  }

  @Test func theMeanOfTheWeights() throws {
    var settings = WeightAveraging.Settings()
    settings.decay = 0.5
    var tiny = try TinyTraining()
    (tiny.settings.maxSteps, tiny.checkpoint.everyNTrainSteps, tiny.checkpoint.saveTopK) = (3, 1, -1)
    let callbacks: [any TrainingCallback] = [WeightAveraging(settings), ModelCheckpoint(tiny.checkpoint)]
    _ = try train(tiny, callbacks: callbacks)
    let points = try (1...3).map { try Checkpoint.read("\(tiny.run().checkpoints)/epoch=0-step=\($0).ckpt") }
    let name = "g_a.0.weight"
    let weights = try points.map { try Tensor(#require($0.model[name])) }
    let mean = try (weights[0] * 0.5 + weights[1] * 0.5) * 0.5 + weights[2] * 0.5
    let stored = try Tensor(#require(points[2].states[ModelWeights.averageOwner]?.tensors[name]))
    #expect(try (mean - stored).absolute().maximumElement().item() < 1e-7)
    // The training itself is the same, and tests take the mean.
    let plain = try tiny.fitted(version: 1)
    #expect(plain.model == points[2].model)
    let weightsFile = try ModelWeights(path: tiny.run().last)
    #expect(try weightsFile.isAverage && weightsFile.tensors[name] == stored.stored())
    #expect(try ModelWeights(path: tiny.run().last, average: false).tensors == points[2].model)
  }

  @Test func validationUsesTheMean() throws {
    var settings = WeightAveraging.Settings()
    settings.decay = 0.999
    var tiny = try TinyTraining()
    tiny.optimizer = Adam.Settings(lr: 1e-2)
    tiny.settings.maxSteps = 10
    _ = try train(tiny, callbacks: [WeightAveraging(settings), ModelCheckpoint(tiny.checkpoint)])
    let measured = try #require(try Checkpoint.read(tiny.run().last).metrics["val_loss"])
    let trainer = try tiny.trainer()
    func loss(average: Bool) throws -> Double {
      let state = try tiny.state()
      try state.model.load(ModelWeights(path: tiny.run().last, average: average).tensors)
      return try trainer.validate(state).loss
    }
    #expect(try loss(average: true) == measured)
    #expect(try loss(average: false) != measured)
  }

  @Test func samplesAreWritten() throws {
    var settings = SampleReconstructions.Settings()
    settings.pictures = 2
    let tiny = try TinyTraining()
    _ = try train(tiny, callbacks: [SampleReconstructions(settings)])
    let folder = "\(tiny.run().path)/samples/step-6"
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["0-0.png", "1-1.png"])
    let image = try PNG.decode(FileBytes.read("\(folder)/0-0.png"), name: "a")
    #expect(image.width == 96 && image.height == 32)
  }

  @Test func accumulatedBatchesAreOneStep() throws {
    var tiny = try TinyTraining()
    (tiny.settings.accumulateGradBatches, tiny.settings.maxSteps) = (2, 4)
    var noise: [StepReport] = []
    _ = try tiny.trainer().fit(
      tiny.state(), shouldStop: { false },
      observe: { if case .step(let report, _) = $0 { noise.append(report) } })
    // Three batches an epoch: a step of two and one of one.
    #expect(noise.map(\.step) == [1, 2, 3, 4])
    // The gradients of a batch equal those of its halves.
    let pictures = try Tensor.uniform([2, 3, 32, 32], in: 0...1, seed: 9)
    let halves = try [pictures.narrowed(0, from: 0, length: 1), pictures.narrowed(0, from: 1, length: 1)]
    let (whole, split) = try (tiny.state(), tiny.state())
    let one = try whole.update(pictures, noise: SampleNoise(seed: 1, step: 0, indices: [4, 2]))
    let two = try split.update([
      (halves[0], SampleNoise(seed: 1, step: 0, indices: [4])), (halves[1], SampleNoise(seed: 1, step: 0, indices: [2])),
    ])
    #expect(abs(one.loss - two.loss) <= 1e-6 * one.loss)
    let (left, right) = (try #require(one.gradientNorm), try #require(two.gradientNorm))
    #expect(abs(left - right) <= 1e-5 * left)
  }

  @Test func aRunGoesOnExactlyWithAllItRemembers() throws {
    var plateau = PlateauSchedule.Settings()
    (plateau.patience, plateau.threshold) = (0, 0.5)
    var stopping = EarlyStopping.Settings()
    (stopping.patience, stopping.minDelta) = (4, 100)
    var tiny = try TinyTraining()
    tiny.schedule = PlateauSchedule(plateau)
    (tiny.settings.maxSteps, tiny.settings.valCheckInterval, tiny.settings.accumulateGradBatches) = (20, .count(1), 2)
    let callbacks: [any TrainingCallback] = [EarlyStopping(stopping), WeightAveraging(), ModelCheckpoint(tiny.checkpoint)]
    let whole = try train(tiny, callbacks: callbacks)
    #expect(whole.steps == 5)
    let parts = TrainerParts(callbacks: callbacks)
    let state = try tiny.state()
    _ = try tiny.trainer(version: 1, parts: parts).fit(state, shouldStop: { state.step == 3 }, observe: { _ in })
    let checkpoint = try Checkpoint.read(tiny.run(version: 1).last)
    let continued = try tiny.state()
    try continued.restore(checkpoint)
    _ = try tiny.trainer(version: 1, parts: parts).fit(continued, continuing: checkpoint, shouldStop: { false }, observe: { _ in })
    #expect(continued.step == 5)
    #expect(try FileBytes.read(tiny.run().last) == FileBytes.read(tiny.run(version: 1).last))
    #expect(try FileBytes.read(tiny.run().best) == FileBytes.read(tiny.run(version: 1).best))
  }

  @Test func timeEndsATraining() throws {
    var tiny = try TinyTraining()
    (tiny.settings.maxSteps, tiny.settings.maxTime) = (-1, TimeLimit(seconds: 0))
    let result = try train(tiny, callbacks: [ModelCheckpoint()])
    #expect(result.words == ["step 1", "validation 1", "best.ckpt", "last.ckpt"])
    #expect(result.notes == ["the time of max_time is over, so the training ends after step 1"])
  }

  @Test func mixedPrecisionTrainsInFullWeights() throws {
    var tiny = try TinyTraining()
    tiny.settings.precision = .mixed
    let mixed = try tiny.fitted()
    tiny.settings.precision = .full
    let full = try tiny.fitted(version: 1)
    #expect(mixed.model != full.model && mixed.model.allSatisfy { $0.tensor.type != .bfloat16 })
    let (left, right) = (try #require(mixed.metrics["val_loss"]), try #require(full.metrics["val_loss"]))
    #expect(abs(left - right) < 0.05 * right, "\(left) \(right)")
  }
}
