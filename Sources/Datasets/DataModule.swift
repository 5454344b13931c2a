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

  /// Returns the transform of a stage.
  public func transform(_ stage: Stage) throws -> any ImageTransform { try transforms(stage) }

  /// Returns the batches of a stage from `startStep` on.
  public func loader(
    _ stage: Stage, seed: UInt64, startStep: Int = 0, endStep: Int? = nil, batchSize: Int? = nil, cache: ImageCache? = nil
  ) throws -> BatchLoader {
    var settings = ImageFolder.Settings()
    settings.dataDir = folder
    settings.batchSize = batchSize ?? self.batchSize
    settings.numWorkers = workers
    return try ImageFolder.loader(
      settings, stage: stage, transform: transforms(stage), seed: seed, startStep: startStep, endStep: endStep, cache: cache)
  }
}
