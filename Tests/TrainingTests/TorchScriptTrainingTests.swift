import Configuration
import Foundation
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch
import Weights

@testable import Training

/// Networks from TorchScript files in training.
@Suite(.serialized) struct TorchScriptTrainingTests {
  private static func model(encoder: String = "encoder.pt", seed: UInt64 = 3) throws -> any CompressionModel {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/torchscript"
    func network(_ file: String) -> Node {
      ["class_path": "networks.TorchScript", "init_args": ["path": Node(.string("\(folder)/\(file)"))]]
    }
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + TrainingEntries.all)
    let plan: ModelPlan = try catalogue.build(
      Component<ModelKind>(
        "models.FactorizedPrior", ["expansion_channels": 6, "encoder": network(encoder), "decoder": network("decoder.pt")]))
    return try plan.build(seed: seed)
  }

  private static func state(_ model: any CompressionModel) throws -> TrainingState {
    try Runtime.setThreads(1)
    var settings = TrainingState.Settings(main: Adam.Settings(lr: 1e-3), auxiliary: Adam.Settings(lr: 1e-2))
    settings.clipping = GradientClipping(limit: 1)
    return try TrainingState(model: model, loss: RateDistortionLoss(lambda: 0.013), settings: settings)
  }

  private static func update(_ state: TrainingState) throws -> StepReport {
    let pictures = try Tensor.uniform([2, 3, 32, 32], in: 0...1, seed: 5)
    try Runtime.seed(UInt64(state.step))
    return try state.update(pictures, noise: SampleNoise(seed: 3, step: state.step, indices: [0, 1]))
  }

  @Test func theWeightsOfTheFilesLearn() throws {
    let model = try Self.model()
    let before = try model.storedState()
    let state = try Self.state(model)
    let reports = try (0..<12).map { _ in try Self.update(state) }
    #expect(reports[11].loss < reports[0].loss, "\(reports.map(\.loss))")
    let after = try model.storedState()
    for (name, _) in model.mainParameters { #expect(before[name] != after[name], "\(name)") }
    // Batch normalization saw every batch in training mode, and validation changes nothing.
    #expect(before["g_a.norm.running_mean"] != after["g_a.norm.running_mean"])
    _ = try state.evaluate(Tensor.uniform([1, 3, 32, 32], in: 0...1, seed: 6))
    #expect(try model.storedState() == after)
  }

  @Test func frozenWeightsDoNot() throws {
    let model = try Self.model(encoder: "partly-frozen.pt")
    let before = try model.storedState()
    let state = try Self.state(model)
    for _ in 0..<2 { _ = try Self.update(state) }
    let after = try model.storedState()
    #expect(before["g_a.downsample.0.weight"] == after["g_a.downsample.0.weight"])
    #expect(before["g_a.tail.0.weight"] != after["g_a.tail.0.weight"])
    let checkpoint = try state.checkpoint(seed: 3, configuration: "")
    #expect(checkpoint.model["g_a.downsample.0.weight"] != nil)
    #expect(checkpoint.optimizers["main.g_a.downsample.0.weight.exp_avg"] == nil)
    let text = try ModelSummary(model, side: 64).text()
    #expect(text.contains("| TorchScriptNetwork |") && text.contains("708       Non-trainable params"), "\(text)")
  }

  @Test func aTrainingContinuesFromItsCheckpoint() throws {
    // Not to the last bit, and not in every try: other tests in this process may meanwhile change the number of threads, and draw from the generator
    // that all share. A lost moment of Adam would be 1e-3 in each.
    var distances: [Float] = []
    while distances.count < 20, distances.last ?? 1 >= 1e-5 { distances.append(try Self.distanceAfterContinuing()) }
    #expect(distances.last ?? 1 < 1e-5, "\(distances)")
    let checkpoint = try Self.state(Self.model()).checkpoint(seed: 3, configuration: "")
    let other = try Self.state(Self.model(encoder: "encoder-traced.pt"))
    #expect(throws: StateMismatch.self) { try other.restore(checkpoint) }
  }

  /// The largest difference between the weights after a further step and those after the same step from a checkpoint.
  private static func distanceAfterContinuing() throws -> Float {
    let straight = try state(model())
    for _ in 0..<2 { _ = try update(straight) }
    let checkpoint = try straight.checkpoint(seed: 3, configuration: "")
    _ = try update(straight)
    let resumed = try state(model(seed: 4))
    try resumed.restore(checkpoint)
    _ = try update(resumed)
    let (one, two) = (try straight.model.storedState(), try resumed.model.storedState())
    #expect(one.map(\.name) == two.map(\.name))
    return zip(one, two).reduce(0) { largest, pair in
      zip(pair.0.tensor.floats ?? [], pair.1.tensor.floats ?? []).reduce(largest) { max($0, abs($1.0 - $1.1)) }
    }
  }
}
