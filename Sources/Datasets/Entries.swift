public import Configuration
public import Registry

/// The data sets and picture transforms of the catalogue; they make ``DataModule`` and `any ImageTransform`.
public enum DatasetEntries {
  /// All of them.
  public static let all: [Entry] = [
    Entry(
      DatasetKind.self, "datasets.ImageFolder",
      aliases: ["data_modules.base_data_module.BaseDataModule", "data_modules.flicker_2w_data_module.Flicker2WDataModule"],
      summary: "Pictures of a folder, or of its folders train, val and test.", settings: ImageFolderSettings.self
    ) { settings, context in
      DataModule(folder: settings.dataDir, batchSize: settings.batchSize, workers: settings.numWorkers) { stage in
        let chosen =
          switch stage {
          case .train: settings.transform
          case .validate: settings.valTransform ?? settings.transform
          case .test: settings.testTransform ?? settings.transform
          }
        return try chosen.map { try context.build($0, as: (any ImageTransform).self) } ?? CenterCrop(patchSize: 256)
      }
    },
    Entry(
      TransformKind.self, "transform.RandomCrop", summary: "A square patch from anywhere.", settings: PatchTransformSettings.self
    ) { settings, _ -> any ImageTransform in try RandomCrop(patchSize: settings.patchSize) },
    Entry(
      TransformKind.self, "transform.CenterCrop", summary: "The square patch in the middle.", settings: PatchTransformSettings.self
    ) { settings, _ -> any ImageTransform in try CenterCrop(patchSize: settings.patchSize) },
    Entry(TransformKind.self, "transform.NoCrop", summary: "The whole picture.", settings: NoSettings.self) { _, _ -> any ImageTransform in
      NoCrop()
    },
    Entry(
      TransformKind.self, "transform.RandomHorizontalFlip", summary: "Left and right exchanged with a probability.",
      settings: FlipSettings.self
    ) { settings, _ -> any ImageTransform in try RandomHorizontalFlip(p: settings.p) },
    Entry(
      TransformKind.self, "transform.Compose", summary: "Several transforms one after the other.", settings: ComposeSettings.self
    ) { settings, context -> any ImageTransform in
      Compose(try settings.transforms.map { try context.build($0, as: (any ImageTransform).self) })
    },
  ]
}

/// The settings of `datasets.ImageFolder`, with the names of the thesis (section 6.5).
public struct ImageFolderSettings: ValidatedSettings {
  /// The folder.
  public var dataDir = "./data"
  /// How many pictures a batch has; pictures of a batch must have one size.
  public var batchSize = 1
  /// How many threads decode ahead; 0 decodes where the batch is asked for.
  ///
  /// The batches do not depend on it.
  public var numWorkers = 1
  /// What is done to every picture; null cuts 256×256 from the middle, as the thesis does.
  public var transform: Component<TransformKind>?
  /// What is done to pictures of the validation; null takes `transform`.
  public var valTransform: Component<TransformKind>?
  /// What is done to pictures of the test; null takes `transform`.
  public var testTransform: Component<TransformKind>?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    if batchSize < 1 { found.append(("batchSize", "must be positive, found \(batchSize)")) }
    if !(0...256 ~= numWorkers) { found.append(("numWorkers", "must be in 0 ... 256, found \(numWorkers)")) }
    return found
  }
}

/// The settings of `transform.RandomCrop` and `transform.CenterCrop`.
public struct PatchTransformSettings: ValidatedSettings {
  /// The side of the patch in pixels.
  public var patchSize = 256

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    patchSize >= 1 ? [] : [("patchSize", "must be positive, found \(patchSize)")]
  }
}

/// The settings of `transform.RandomHorizontalFlip`.
public struct FlipSettings: ValidatedSettings {
  /// The probability of a flip.
  public var p = 0.5

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { 0...1 ~= p ? [] : [("p", "must be in 0 ... 1, found \(p)")] }
}

/// The settings of `transform.Compose`.
public struct ComposeSettings: Settings {
  /// The transforms in their order.
  public var transforms: [Component<TransformKind>] = []

  /// Creates the defaults.
  public init() {}
}
