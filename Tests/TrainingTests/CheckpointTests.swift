import Foundation
import Models
import SafeFiles
import Testing
import Torch
import Training
import Weights

struct CheckpointTests {
  private func written(_ tiny: TinyTraining) throws -> (path: String, checkpoint: Checkpoint) {
    let state = try tiny.state()
    try state.model.updateTables()
    let checkpoint = try state.checkpoint(seed: .max, configuration: "name: \"tiny\"\n# ½ \n", metrics: ["val_loss": 1.25, "tiny": 1e-300])
    let path = "\(tiny.folder.path)/a.ckpt"
    try checkpoint.write(to: path)
    return (path, checkpoint)
  }

  @Test func roundTrip() throws {
    let tiny = try TinyTraining()
    let (path, checkpoint) = try written(tiny)
    let back = try Checkpoint.read(path)
    #expect(back.step == 0 && back.seed == .max && back.configuration == "name: \"tiny\"\n# ½ \n")
    #expect(back.metrics == ["val_loss": 1.25, "tiny": 1e-300])
    #expect(back.model == checkpoint.model && back.optimizers == checkpoint.optimizers)
    #expect(back == checkpoint)
    // It is a file of weights as well.
    let weights = try ModelWeights(path: path)
    #expect(weights.tensors == checkpoint.model && weights.step == 0 && weights.configuration == checkpoint.configuration)
  }

  @Test func twoWritesGiveTheSameBytes() throws {
    let tiny = try TinyTraining()
    let (path, checkpoint) = try written(tiny)
    let bytes = try FileBytes.read(path)
    try checkpoint.write(to: path)
    #expect(try FileBytes.read(path) == bytes)
  }

  @Test(arguments: [0.0, 0.001, 0.25, 0.5, 0.999])
  func aCutFileIsRefused(share: Double) throws {
    let tiny = try TinyTraining()
    let (path, _) = try written(tiny)
    let bytes = try FileBytes.read(path)
    try AtomicFile.write(Array(bytes.prefix(Int(Double(bytes.count) * share))), to: path)
    let error = try #require(throws: WeightsError.self) { try Checkpoint.read(path) }
    #expect("\(error)".contains(path) && !"\(error)".contains("\n"), "\(error)")
    if share >= 0.25 { #expect("\(error)".contains("the file ends inside") || "\(error)".contains("end inside the file"), "\(error)") }
  }

  @Test func aMissingFileIsNamed() {
    let error = #expect(throws: WeightsError.self) { try Checkpoint.read("/no-such-folder/a.ckpt") }
    #expect(
      error?.description == "cannot read '/no-such-folder/a.ckpt': no such file or folder; check the spelling and the folder it is in")
  }

  @Test func weightsAloneAreNoCheckpoint() throws {
    let tiny = try TinyTraining()
    let path = "\(tiny.folder.path)/weights.safetensors"
    try SafeTensors.write(tiny.state().model.storedState(), to: path)
    let error = try #require(throws: CheckpointError.self) { try Checkpoint.read(path) }
    #expect(
      "\(error)"
        == "'\(path)' holds weights but not the state of a training; it can be tested, but a training continues only from a checkpoint of 'fit'"
    )
    #expect(try ModelWeights(path: path).tensors == tiny.state().model.storedState())
  }

  @Test func aCheckpointOfAnotherArchitectureChangesNothing() throws {
    let tiny = try TinyTraining()
    let (path, _) = try written(tiny)
    let other = try TrainingState(
      model: TinyTraining.model(channels: 5), loss: RateDistortionLoss(lambda: 1))
    let before = try other.checkpoint(seed: 0, configuration: "")
    let error = try #require(throws: StateMismatch.self) { try other.restore(Checkpoint.read(path)) }
    #expect(error.shapes.contains("g_a.0.weight is [4, 3, 5, 5] in the file and [5, 3, 5, 5] in the model"))
    #expect("\(error)".hasPrefix("the weights belong to another architecture: shapes differ: "))
    #expect("\(error)".hasSuffix("; check the model's class path and settings"))
    #expect(try other.checkpoint(seed: 0, configuration: "") == before)
  }

  @Test func sentences() {
    #expect("\(CheckpointError.none(folder: "logs/a"))" == "there is no checkpoint in 'logs/a'; give the path of one, or train first")
  }
}
