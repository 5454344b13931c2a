import Synchronization

/// A data set as a configuration describes it: pictures, batches and transforms for each stage.
public struct DataModule: Sendable {
  private let train: StageData
  private let validation: StageData
  private let test: StageData
  private let preparation: @Sendable () throws -> Void

  /// Creates a data module of what each stage sees.
  init(train: StageData, validation: StageData, test: StageData, preparation: @escaping @Sendable () throws -> Void = {}) {
    (self.train, self.validation, self.test, self.preparation) = (train, validation, test, preparation)
  }

  /// Brings the data to this machine where the data set does so itself (``PreparedData/prepare()``).
  ///
  /// - Throws: ``DatasetError/preparation(reason:)``.
  public func prepare() throws(DatasetError) { try DatasetError.explaining(preparation) }

  /// What a stage sees.
  func data(_ stage: Stage) -> StageData {
    switch stage {
    case .train: train
    case .validate: validation
    case .test: test
    }
  }

  /// The folder of the pictures of the test, as it was given.
  public var folder: String { test.folder }

  /// How many pictures a batch of the training has in each process.
  public var batchSize: Int { train.batchSize }

  /// Returns how many pictures a batch of a stage has in each process.
  public func batchSize(_ stage: Stage) -> Int { data(stage).batchSize }

  /// Returns the pictures of a stage; they are listed at the first call.
  ///
  /// - Throws: ``DatasetError`` when they are missing.
  public func files(_ stage: Stage) throws(DatasetError) -> any SampleSource { try data(stage).source() }

  /// Returns what is odd about the pictures of a stage but no error, a sentence each: for example fewer than the set is known to have.
  ///
  /// - Throws: ``DatasetError`` when they are missing.
  public func notes(_ stage: Stage) throws(DatasetError) -> [String] {
    let data = data(stage)
    return try data.notes(data.source().count)
  }

  /// Returns which samples form which batch of a stage.
  ///
  /// - Parameters:
  ///   - limit: the most batches of an epoch of the training; nil for all.
  ///   - worldSize: the number of processes; a batch then has the pictures of all of them.
  /// - Throws: ``DatasetError`` when the pictures are missing.
  public func plan(_ stage: Stage, seed: UInt64, limit: Int? = nil, worldSize: Int = 1) throws(DatasetError) -> BatchPlan {
    try files(stage).plan(for: stage, batchSize: batchSize(stage) * worldSize, seed: seed, limit: limit)
  }

  /// Returns the files of the first `limit` batches of a test; all when it is nil.
  ///
  /// - Throws: ``DatasetError`` when the files are missing, or when a test would not see what they hold.
  public func testFiles(limit: Int?) throws(DatasetError) -> [String] {
    let source = try files(.test)
    guard let files = source.files else { throw DatasetError.notTestable(reason: "it has no file for each picture") }
    if (0..<files.count).contains(where: { source.transform(of: $0) != nil }) {
      throw DatasetError.notTestable(reason: "the sets that it joins have transforms of their own")
    }
    guard let limit else { return files }
    let plan = try source.plan(for: .test, batchSize: batchSize(.test), seed: 0)
    return (0..<min(limit, plan.stepsPerEpoch)).flatMap { plan.indices(step: $0).map { files[$0] } }
  }

  /// Returns the transform of a stage.
  public func transform(_ stage: Stage) throws -> any ImageTransform { try data(stage).transform() }

  /// Returns the batches of a stage from `startStep` on.
  ///
  /// - Parameters:
  ///   - batchSize: how many pictures a batch has in each process; nil as configured.
  ///   - limit: the most batches of an epoch of the training; nil for all.
  ///   - repeating: takes the first so many batches of the training pictures alone, in their order, again and again.
  ///   - shard: this process's share of every batch.
  public func loader(
    _ stage: Stage, seed: UInt64, startStep: Int = 0, endStep: Int? = nil, batchSize: Int? = nil, limit: Int? = nil,
    repeating: Int? = nil, shard: Shard = .whole, cache: ImageCache? = nil
  ) throws -> BatchLoader {
    let (data, source) = (data(stage), try files(repeating == nil ? stage : .train))
    let size = (batchSize ?? data.batchSize) * shard.worldSize
    let plan =
      try repeating.map { try BatchPlan.repeating(count: source.count, batchSize: size, batches: $0) }
      ?? source.plan(for: stage, batchSize: size, seed: seed, limit: limit)
    return try BatchLoader(
      source, plan: plan, transform: data.transform(), seed: seed,
      startStep: startStep, endStep: endStep, numWorkers: data.workers, shard: shard, cache: cache)
  }
}

/// What one stage sees of a data set.
struct StageData: Sendable {
  /// Lists the pictures.
  typealias Listing = @Sendable () throws(DatasetError) -> any SampleSource

  let folder: String
  let batchSize: Int
  let workers: Int
  /// Whether the configuration names a transform.
  let hasTransform: Bool
  let transform: @Sendable () throws -> any ImageTransform
  /// What is odd about this number of pictures.
  let notes: @Sendable (Int) -> [String]
  private let list: Listing
  private let listed = ListedSource()

  init(
    folder: String, batchSize: Int, workers: Int, hasTransform: Bool, transform: @escaping @Sendable () throws -> any ImageTransform,
    notes: @escaping @Sendable (Int) -> [String] = { _ in [] }, list: @escaping Listing
  ) {
    (self.folder, self.batchSize, self.workers, self.hasTransform) = (folder, batchSize, workers, hasTransform)
    (self.transform, self.notes, self.list) = (transform, notes, list)
  }

  /// The pictures, listed once: a large folder takes its time, and a run sees one list.
  func source() throws(DatasetError) -> any SampleSource {
    if let source = listed.source.withLock({ $0 }) { return source }
    let source = try list()
    listed.source.withLock { $0 = source }
    return source
  }

  private final class ListedSource: Sendable {
    let source = Mutex<(any SampleSource)?>(nil)
  }
}
