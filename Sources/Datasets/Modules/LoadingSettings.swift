public import Configuration
public import Registry

/// The settings that all data sets share: how pictures are batched, read and changed.
public protocol LoadingSettings: ValidatedSettings {
  /// How many pictures a batch has.
  var batchSize: Int { get }
  /// How many threads decode ahead.
  var numWorkers: Int { get }
  /// What is done to every picture.
  var transform: Component<TransformKind>? { get }
  /// What is done to pictures of the validation; nil takes ``transform``.
  var valTransform: Component<TransformKind>? { get }
  /// What is done to pictures of the test; nil takes ``transform``.
  var testTransform: Component<TransformKind>? { get }
}

extension LoadingSettings {
  /// What is out of range among the shared settings.
  func loadingProblems() -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    if batchSize < 1 { found.append(("batchSize", "must be positive, found \(batchSize)")) }
    if !(0...256 ~= numWorkers) { found.append(("numWorkers", "must be in 0 ... 256, found \(numWorkers)")) }
    return found
  }

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { loadingProblems() }

  private func transform(_ stage: Stage) -> Component<TransformKind>? {
    switch stage {
    case .train: transform
    case .validate: valTransform ?? transform
    case .test: testTransform ?? transform
    }
  }

  /// Returns a data module that lists pictures with `list`, which gets the stage.
  func module(
    folder: String, _ context: BuildContext, notes: @escaping @Sendable (Stage, Int) -> [String] = { _, _ in [] },
    preparation: @escaping @Sendable () throws -> Void = {}, list: @escaping @Sendable (Stage) throws(DatasetError) -> any SampleSource
  ) -> DataModule {
    func data(_ stage: Stage) -> StageData {
      let chosen = transform(stage)
      return StageData(
        folder: folder, batchSize: batchSize, workers: numWorkers, hasTransform: chosen != nil,
        transform: {
          try chosen.map { try context.build($0, as: (any ImageTransform).self) } ?? CenterCrop(patchSize: 256)
        }, notes: { notes(stage, $0) }, list: { () throws(DatasetError) in try list(stage) })
    }
    return DataModule(train: data(.train), validation: data(.validate), test: data(.test), preparation: preparation)
  }
}
