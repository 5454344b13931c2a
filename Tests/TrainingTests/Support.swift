import Configuration
import Datasets
import Foundation
import Images
import LatentModels
import Layers
import Models
import Registry
import Torch
import Training

/// A folder that is removed when it is no longer used.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("training-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes pictures of which every sample depends on its place and on the picture, and returns their folder.
  func addPictures(_ count: Int = 5, side: Int = 40) throws -> String {
    let folder = "\(path)/pictures"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for picture in 0..<count {
      let pixels = (0..<side * side * 3).map { index in
        UInt8(truncatingIfNeeded: (index / 3 % side) * (picture + 2) + (index / 3 / side) * 3 + index % 3 * 40)
      }
      let image = Image(width: side, height: side, pixels: pixels)
      try Data(PNG.encode(image)).write(to: URL(fileURLWithPath: "\(folder)/\(picture).png"))
    }
    return folder
  }
}

/// A training small enough for a debug build: N = 4, M = 6, patches of 32×32.
struct TinyTraining {
  let folder: TestFolder
  let pictures: String
  var seed: UInt64 = 3
  var workers = 1
  var settings = TrainerSettings()
  var checkpoint = ModelCheckpoint.Settings()
  var optimizer: any OptimizerSettings = Adam.Settings(lr: 1e-3)
  var schedule: any LearningRateSchedule = CosineSchedule(CosineSchedule.Settings())

  init() throws {
    folder = try TestFolder()
    pictures = try folder.addPictures()
    settings.maxSteps = 6
    settings.valCheckInterval = .count(0)
    checkpoint.everyNTrainSteps = 100
    settings.logEveryNSteps = 1
  }

  func state() throws -> TrainingState {
    // One thread, as the number of threads changes the last bits of convolutions.
    try Runtime.setThreads(1)
    var parts = TrainingState.Settings(main: optimizer, auxiliary: Adam.Settings(lr: 1e-2))
    parts.schedule = schedule
    (parts.clipping, parts.precision) = (settings.clipping, settings.precision)
    return try TrainingState(model: Self.model(seed: seed), loss: RateDistortionLoss(lambda: 0.013), settings: parts)
  }

  static func model(channels: Int = 4, expansionChannels: Int = 6, seed: UInt64 = 3) throws -> FactorizedPrior {
    try FactorizedPrior(
      channels: channels, expansionChannels: expansionChannels,
      nonlinearity: { try GeneralizedDivisiveNormalization(channels: $0, inverse: $1) }, seeds: SeedSequence(seed))
  }

  func trainer(version: Int = 0, settings: TrainerSettings? = nil, parts: TrainerParts? = nil) throws -> Trainer {
    let run = run(version: version)
    try FileManager.default.createDirectory(atPath: run.checkpoints, withIntermediateDirectories: true)
    return Trainer(
      settings: settings ?? self.settings, data: try data(), folder: run, seed: seed, configuration: "name: tiny\n",
      parts: parts ?? TrainerParts(callbacks: [ModelCheckpoint(checkpoint)]))
  }

  func run(version: Int = 0) -> RunFolder { RunFolder(path: "\(folder.path)/version_\(version)") }

  func data() throws -> DataModule {
    let patch: Node = ["class_path": "transform.RandomCrop", "init_args": ["patch_size": 32]]
    let flip: Node = ["class_path": "transform.RandomHorizontalFlip"]
    let transform: Node = ["class_path": "transform.Compose", "init_args": ["transforms": [patch, flip]]]
    return try Catalogue(DatasetEntries.all).build(
      Component<DatasetKind>(
        "datasets.ImageFolder",
        ["data_dir": Node(.string(pictures)), "batch_size": 2, "num_workers": Node(.int(workers)), "transform": transform]))
  }

  /// Trains a fresh state to the end and returns what the last checkpoint says.
  func fitted(version: Int = 0) throws -> Checkpoint {
    let outcome = try trainer(version: version).fit(state(), shouldStop: { false }, observe: { _ in })
    guard outcome == .finished else { throw TrainingError.noData }
    return try Checkpoint.read(run(version: version).last)
  }
}

extension StepReport {
  /// All numbers, for comparison bit by bit.
  var bits: [UInt64] { [loss, bitsPerPixel, meanSquaredError, auxiliaryLoss, learningRate, gradientNorm ?? 0].map(\.bitPattern) }
}
