import Configuration
import Datasets
import LatentModels
import Models
import Reporting
import Torch
import Training

/// What a training takes in memory, known before it begins.
struct TrainingNeed {
  let memory: TrainingMemory
  /// The pictures of a batch.
  let pictures: Int
  let height: Int
  let width: Int

  /// Makes a few steps of a model of its own with small pictures; nil where that fails, since the training itself tells best what is wrong.
  ///
  /// The size of the patches is that of the first picture of the training, or, where there is none, what the configuration says.
  init?(_ session: Session, tree: Node) {
    guard let size = Self.firstPicture(session) ?? Self.patchSize(in: tree["data"]).map({ ($0, $0) }) else { return nil }
    guard
      let need = try? TrainingNeed(measuring: session, pictures: session.data.batchSize, height: size.height, width: size.width)
    else { return nil }
    self = need
  }

  private static func firstPicture(_ session: Session) -> (height: Int, width: Int)? {
    guard let loader = try? session.data.loader(.train, seed: session.seed, endStep: 1, batchSize: 1) else { return nil }
    defer { loader.cancel() }
    return (try? loader.next()).flatMap { $0 }.map { ($0.height, $0.width) }
  }

  /// The first `patch_size` in the settings of a data set; nil where there is none.
  static func patchSize(in node: Node?) -> Int? {
    if case .int(let size)? = node?["patch_size"]?.value { return size }
    let inner = (node?.fields?.map(\.value) ?? []) + (node?.elements ?? [])
    return inner.lazy.compactMap { patchSize(in: $0) }.first
  }

  /// Makes a few steps of a model of its own with small pictures.
  ///
  /// - Throws: what is wrong with the training.
  init(measuring session: Session, pictures: Int, height: Int, width: Int) throws {
    // MS-SSIM halves the sides four times.
    let least = session.loss.measure == .mse ? 1 : 176
    let memory = try TrainingMemory(height: height, width: width, least: least) {
      var settings = session.experiment
      settings.trainer.accelerator = .cpu
      return try session.with(settings).trainingState(session.plan.build(seed: session.seed))
    }
    self.init(memory, pictures: pictures, height: height, width: width)
  }

  init(_ memory: TrainingMemory, pictures: Int, height: Int, width: Int) {
    (self.memory, self.pictures, self.height, self.width) = (memory, pictures, height, width)
  }

  /// What a process takes, in bytes.
  var bytes: Int { memory.bytes(pictures: pictures) }

  /// What is wrong where it is more than there is; nil where it fits, or where no limit is known.
  ///
  /// - Parameter limit: What there is for one process.
  func problem(_ file: ExperimentFile, limit: MachineMemory?) -> Problem? {
    guard let limit, bytes > limit.bytes else { return nil }
    let place = file.tree.node(at: "data.init_args.batch_size")?.mark ?? file.tree["data"]?.mark ?? .defaults
    return Problem(mark: place, path: "data.init_args.batch_size", sentence: sentence(limit))
  }

  private func sentence(_ limit: MachineMemory) -> String {
    let most = memory.largestBatch(within: limit.bytes)
    let remedy =
      most > 0
      ? "at most batch_size \(most) fits (accumulate_grad_batches makes steps of several batches)"
      : "not even one picture fits: take a smaller patch_size or a smaller model"
    return
      "the training needs about \(ByteCount.gigabytes(bytes)) for batches of \(pictures) pictures of \(width)×\(height) pixels; "
      + "\(limit.words): \(remedy); trainer.memory_limit: off trains in spite of it"
  }
}
