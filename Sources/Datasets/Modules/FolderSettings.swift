public import Configuration
public import Registry

/// The settings of data sets that are a folder, with the names of the thesis (section 6.5); they differ in the default of `data_dir`.
public struct FolderSettings<Place: FolderPlace>: LoadingSettings {
  /// The folder of the pictures; with folders train, val and test in it, each stage takes its own.
  public var dataDir = InputPath(Place.dataDir)
  /// How many pictures a batch has, at least 1; after the transform all pictures of a batch must have one size.
  public var batchSize = 1
  /// How many threads decode pictures ahead, 0 to 256; 0 decodes when the batch is asked for.
  ///
  /// The batches do not depend on it.
  public var numWorkers = 1
  /// What is done to every picture; null cuts 256×256 pixels from the middle, as the thesis does.
  public var transform: Component<TransformKind>?
  /// What is done to pictures of the validation; null takes `transform`.
  public var valTransform: Component<TransformKind>?
  /// What is done to pictures of the test; null takes `transform`.
  public var testTransform: Component<TransformKind>?

  /// Creates the defaults.
  public init() {}

  /// The data set.
  func module(_ context: BuildContext) -> DataModule {
    let folder = dataDir.path
    return module(
      folder: folder, context, notes: { _, count in Place.known?.notes(count: count) ?? [] },
      list: { stage throws(DatasetError) in
        do throws(DatasetError) {
          return try ImageFolder(Place.root(in: folder), stage: stage).source
        } catch .noFolder(let path, _) {
          throw DatasetError.noFolder(path: path, set: Place.known?.name)
        }
      })
  }
}

/// The settings of `datasets.ImageFolder`.
public typealias ImageFolderSettings = FolderSettings<AnyFolder>
