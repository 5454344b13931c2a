extension ImageFolder {
  /// Returns a loader of the pictures of `stage` under `settings.dataDir`.
  ///
  /// Training sees the pictures in an order drawn from the seed and the epoch, without end; validation and test see them
  /// sorted, once, and no batch spans two folders.
  ///
  /// - Parameters:
  ///   - transform: what is done to each picture.
  ///   - startStep: the first step to hand out.
  ///   - endStep: the step before which to stop.
  ///   - limit: the most batches of an epoch of the training; nil for all.
  ///   - shard: this process's share of every batch, each of which has `settings.batchSize` pictures for every process.
  ///   - cache: where decoded pictures are kept, if anywhere.
  /// - Throws: ``DatasetError`` when the folder has no pictures for the stage or a setting is out of its range.
  public static func loader(
    _ settings: Settings, stage: Stage, transform: any ImageTransform, seed: UInt64, startStep: Int = 0, endStep: Int? = nil,
    limit: Int? = nil, shard: Shard = .whole, cache: ImageCache? = nil
  ) throws(DatasetError) -> BatchLoader {
    let folder = try ImageFolder(settings.dataDir, stage: stage)
    return try BatchLoader(
      files: folder.files,
      plan: folder.plan(for: stage, batchSize: settings.batchSize * shard.worldSize, seed: seed, limit: limit), transform: transform,
      seed: seed, startStep: startStep, endStep: endStep, numWorkers: settings.numWorkers, shard: shard, cache: cache)
  }

  /// Returns the plan for `stage`: shuffled for training, sorted and split by folder otherwise.
  ///
  /// - Parameter limit: the most batches of an epoch of the training; nil for all.
  /// - Throws: ``DatasetError`` when `batchSize` is below 1.
  public func plan(for stage: Stage, batchSize: Int, seed: UInt64, limit: Int? = nil) throws(DatasetError) -> BatchPlan {
    switch stage {
    case .train: try .shuffled(count: files.count, batchSize: batchSize, seed: seed, limit: limit)
    case .validate, .test: try .sorted(groupSizes: groupSizes, batchSize: batchSize)
    }
  }
}
