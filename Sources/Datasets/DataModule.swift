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
  /// - Parameter limit: the most batches of an epoch of the training; nil for all.
  /// - Throws: ``DatasetError`` when the folder is missing or empty.
  public func plan(_ stage: Stage, seed: UInt64, limit: Int? = nil) throws(DatasetError) -> BatchPlan {
    try files(stage).plan(for: stage, batchSize: batchSize, seed: seed, limit: limit)
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
  public func loader(
    _ stage: Stage, seed: UInt64, startStep: Int = 0, endStep: Int? = nil, batchSize: Int? = nil, limit: Int? = nil,
    cache: ImageCache? = nil
  ) throws -> BatchLoader {
    var settings = ImageFolder.Settings()
    settings.dataDir = folder
    settings.batchSize = batchSize ?? self.batchSize
    settings.numWorkers = workers
    return try ImageFolder.loader(
      settings, stage: stage, transform: transforms(stage), seed: seed, startStep: startStep, endStep: endStep, limit: limit,
      cache: cache)
  }
}
