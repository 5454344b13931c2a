import LatentModels
import Models
import Testing
import Torch

@testable import Training

/// The memory of training steps that nobody has made.
struct TrainingMemoryTests {
  private func measured(_ training: TinyTraining, pictures: Int, side: Int) throws -> Int {
    try MemoryWatch.watching { watch in
      let state = try training.state()
      for _ in 0..<2 {
        watch.resetPeak()
        _ = try state.update(
          Tensor.full([pictures, 3, side, side], 0.5), noise: SampleNoise(seed: 1, step: 0, indices: Array(0..<pictures)))
      }
      return watch.peak
    }
  }

  @Test(arguments: [(32, 4, TrainingMemory.Basis.patches), (512, 2, .smallPictures(side: 256))])
  func aStepTakesWhatWasToldBefore(side: Int, pictures: Int, basis: TrainingMemory.Basis) throws {
    let training = try TinyTraining()
    let memory = try TrainingMemory(height: side, width: side) { try training.state() }
    #expect(memory.basis == basis)
    let (estimate, real) = (memory.tensorBytes(pictures: pictures), try measured(training, pictures: pictures, side: side))
    #expect(abs(Double(estimate) / Double(real) - 1) < 0.03, "\(estimate), \(real)")
    #expect(memory.bytes(pictures: pictures) > estimate + 100_000_000)
    let parameters = try TinyTraining.model().parameterCount
    #expect(memory.fixedBytes > 0 && memory.checkpointBytes == Double(12 * parameters), "\(memory)")
  }

  @Test func theLargestBatchFitsAndTheNextDoesNot() throws {
    let training = try TinyTraining()
    let memory = try TrainingMemory(height: 32, width: 32) { try training.state() }
    let limit = memory.bytes(pictures: 7) + 1000
    #expect(memory.largestBatch(within: limit) == 7 && memory.bytes(pictures: 8) > limit)
    #expect(memory.largestBatch(within: 1000) == 0)
  }

  @Test func wrongSidesAreToldAsATrainingTellsThem() throws {
    let training = try TinyTraining()
    #expect(throws: TrainingError.sides(height: 30, width: 30, multiple: 16)) {
      try TrainingMemory(height: 30, width: 30) { try training.state() }
    }
  }
}
