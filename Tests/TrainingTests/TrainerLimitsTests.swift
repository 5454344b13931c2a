import Datasets
import Foundation
import Registry
import Testing
import Training

/// How long a training runs and what it leaves, in a tiny training of five pictures in batches of two: three steps an epoch.
@Suite(.serialized) struct TrainerLimitsTests {
  /// The words of a run: steps, and validations with their number of pictures.
  private func words(_ tiny: TinyTraining, parts: TrainerParts? = nil) throws -> [String] {
    var words: [String] = []
    _ = try tiny.trainer(parts: parts).fit(
      tiny.state(), shouldStop: { false },
      observe: { event in
        switch event {
        case .step(let report, _): words.append("step \(report.step)")
        case .validation(let report, _): words.append("validation of \(report.pictures)")
        case .checkpoint(let path): words.append(path.split(separator: "/").last.map(String.init) ?? path)
        case .note(let sentence), .warning(let sentence): words.append(sentence)
        }
      })
    return words
  }

  private func files(_ tiny: TinyTraining) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: tiny.run().path).filter { $0 != "checkpoints" }.sorted()
  }

  @Test(arguments: [
    (1, BatchCount.all, 100, 3), (2, .all, 100, 6), (2, .all, 5, 5), (3, .count(2), 100, 6), (3, .count(9), 100, 9),
    (3, .share(0.7), 100, 6),
  ])
  func theFirstOfStepsAndEpochsEnds(epochs: Int, limit: BatchCount, steps: Int, end: Int) throws {
    var tiny = try TinyTraining()
    (tiny.settings.maxEpochs, tiny.settings.limitTrainBatches, tiny.settings.maxSteps) = (epochs, limit, steps)
    #expect(try tiny.trainer().endStep(from: 0) == end)
    #expect(try words(tiny).filter { $0.hasPrefix("step ") }.count == end)
  }

  @Test func anEndlessNumberOfEpochsDoesNotOverflow() throws {
    var tiny = try TinyTraining()
    tiny.settings.maxEpochs = .max
    #expect(try tiny.trainer().endStep(from: 0) == 6)
  }

  @Test func validationIsLimited() throws {
    var tiny = try TinyTraining()
    (tiny.settings.maxSteps, tiny.settings.limitValBatches) = (1, .count(1))
    #expect(try words(tiny).contains("validation of 2"))
  }

  @Test(arguments: [1, 2])
  func aTrialWritesNothing(batches: Int) throws {
    var tiny = try TinyTraining()
    tiny.settings.fastDevRun = FastDevRun(batches: batches)
    tiny.checkpoint.everyNTrainSteps = 1
    let trainer = try tiny.trainer()
    try FileManager.default.removeItem(atPath: tiny.run().path)
    #expect(try trainer.endStep(from: 10) == 10 + batches)
    var words: [String] = []
    let outcome = try trainer.fit(
      tiny.state(), shouldStop: { false },
      observe: { event in
        if case .validation(let report, _) = event { words.append("\(report.step): \(report.pictures)") }
        if case .checkpoint(let path) = event { words.append(path) }
      })
    #expect(outcome == .finished)
    #expect(words == ["\(batches): \(2 * batches)"])
    #expect(!FileManager.default.fileExists(atPath: tiny.run().path))
  }

  @Test func withoutCheckpointsOnlyTheLogIsWritten() throws {
    let tiny = try TinyTraining()
    #expect(try words(tiny, parts: TrainerParts(callbacks: [])).allSatisfy { !$0.hasSuffix(".ckpt") })
    #expect(try files(tiny) == ["metrics.csv", "rd.svg"])
  }

  @Test func withoutALoggerThereAreNoMetrics() throws {
    let tiny = try TinyTraining()
    _ = try words(tiny, parts: TrainerParts(loggers: []))
    #expect(try files(tiny) == ["checkpoints/best.ckpt", "checkpoints/last.ckpt"])
  }

  @Test(arguments: [
    (1, ["last.ckpt"]), (-1, ["epoch=0-step=2.ckpt", "epoch=1-step=4.ckpt", "epoch=1-step=6.ckpt", "last.ckpt"]), (0, ["last.ckpt"]),
  ])
  func whichCheckpointsStay(saveTopK: Int, names: [String]) throws {
    var tiny = try TinyTraining()
    (tiny.checkpoint.everyNTrainSteps, tiny.checkpoint.saveTopK) = (2, saveTopK)
    let words = try words(tiny)
    #expect(words.filter { $0 == "last.ckpt" }.count == (saveTopK == 0 ? 1 : 3))
    #expect(try files(tiny).filter { $0.hasSuffix(".ckpt") && !$0.hasSuffix("best.ckpt") } == names.map { "checkpoints/\($0)" })
    for (name, step) in zip(names, [2, 4, 6]) where saveTopK == -1 {
      #expect(try Checkpoint.read("\(tiny.run().checkpoints)/\(name)").step == step)
    }
  }

  @Test func twoCallbacksWriteAtTheStepsOfBoth() throws {
    let tiny = try TinyTraining()
    var (often, rarely) = (ModelCheckpoint.Settings(), ModelCheckpoint.Settings())
    (often.everyNTrainSteps, rarely.everyNTrainSteps, rarely.saveTopK) = (2, 3, -1)
    let words = try words(tiny, parts: TrainerParts(callbacks: [ModelCheckpoint(often), ModelCheckpoint(rarely)]))
    #expect(
      words.filter { !$0.hasPrefix("validation") && $0 != "best.ckpt" } == [
        "step 1", "step 2", "last.ckpt", "step 3", "epoch=0-step=3.ckpt", "last.ckpt", "step 4", "last.ckpt", "step 5", "step 6",
        "last.ckpt", "epoch=1-step=6.ckpt", "last.ckpt",
      ])
  }
}
