public import Configuration
public import Registry

/// The settings of `datasets.Pack`.
public struct PackSettings: LoadingSettings {
  /// The pack of the training, made by `data pack`.
  public var dataFile: InputPath = "./data/train.pack"
  /// The pack of the validation; null takes `data_file`.
  public var valFile: InputPath?
  /// How many pictures a batch has, at least 1; after the transform all pictures of a batch must have one size.
  public var batchSize = 1
  /// How many threads read pictures ahead, 0 to 256; 0 reads when the batch is asked for.
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
    let (training, validation) = (dataFile.path, valFile?.path ?? dataFile.path)
    return module(folder: training, context) { stage throws(DatasetError) in
      do throws(PackError) {
        return try Pack(stage == .train ? training : validation)
      } catch {
        throw DatasetError.pack(error)
      }
    }
  }
}
