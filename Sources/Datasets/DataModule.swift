/// A data set as a configuration describes it: files, batches and transforms for each stage.
public struct DataModule: Sendable {
  /// The folder, as it was given.
  public let folder: String
  /// How many pictures a batch has.
  public let batchSize: Int
  private let workers: Int
  private let transforms: @Sendable (Stage) throws -> any ImageTransform

  init(folder: String, batchSize: Int, workers: Int, transforms: @escaping @Sendable (Stage) throws -> any ImageTransform) {
    self.folder = folder
    self.batchSize = batchSize
    self.workers = workers
    self.transforms = transforms
  }

  /// Returns the files of a stage, sorted.
  ///
  /// - Throws: ``DatasetError`` when the folder is missing or empty.
  public func files(_ stage: Stage) throws(DatasetError) -> ImageFolder { try ImageFolder(folder, stage: stage) }

  /// Returns which samples form which batch of a stage.
  ///
  /// - Parameters:
  ///   - limit: the most batches of an epoch of the training; nil for all.
  ///   - worldSize: the number of processes; a batch then has the pictures of all of them.
  /// - Throws: ``DatasetError`` when the folder is missing or empty.
  public func plan(_ stage: Stage, seed: UInt64, limit: Int? = nil, worldSize: Int = 1) throws(DatasetError) -> BatchPlan {
    try files(stage).plan(for: stage, batchSize: batchSize * worldSize, seed: seed, limit: limit)
  }

  /// Returns the files of the first `limit` batches of a test; all when it is nil.
  ///
  /// - Throws: ``DatasetError`` when the folder is missing or empty.
  public func testFiles(limit: Int?) throws(DatasetError) -> [String] {
    let folder = try files(.test)
    guard let limit else { return folder.files }
    let plan = try folder.plan(for: .test, batchSize: batchSize, seed: 0)
    return (0..<min(limit, plan.stepsPerEpoch)).flatMap { plan.indices(step: $0).map { folder.files[$0] } }
  }

  /// Returns the transform of a stage.
  public func transform(_ stage: Stage) throws -> any ImageTransform { try transforms(stage) }

  /// Returns the batches of a stage from `startStep` on.
  ///
  /// - Parameters:
  ///   - batchSize: how many pictures a batch has in each process; nil as configured.
  ///   - limit: the most batches of an epoch of the training; nil for all.
  ///   - shard: this process's share of every batch.
  public func loader(
    _ stage: Stage, seed: UInt64, startStep: Int = 0, endStep: Int? = nil, batchSize: Int? = nil, limit: Int? = nil,
    shard: Shard = .whole, cache: ImageCache? = nil
  ) throws -> BatchLoader {
    var settings = ImageFolder.Settings()
    settings.dataDir = folder
    settings.batchSize = batchSize ?? self.batchSize
    settings.numWorkers = workers
    return try ImageFolder.loader(
      settings, stage: stage, transform: transforms(stage), seed: seed, startStep: startStep, endStep: endStep, limit: limit,
      shard: shard, cache: cache)
  }
}
