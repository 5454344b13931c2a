public import Configuration
public import Registry

/// The data sets and picture transforms of the catalogue; they make ``DataModule`` and `any ImageTransform`.
public enum DatasetEntries {
  /// All of them.
  public static let all: [Entry] = [
    folder(
      AnyFolder.self, "datasets.ImageFolder", aliases: ["data_modules.base_data_module.BaseDataModule"],
      summary: "Pictures of a folder, or of its folders train, val and test."),
    folder(
      KodakFolder.self, "datasets.Kodak", aliases: ["data_modules.kodak_data_module.KodakDataModule"],
      summary: "The 24 pictures of the Kodak set, in a folder of their own."),
    folder(
      Flickr2WFolder.self, "datasets.Flickr2W", aliases: ["data_modules.flicker_2w_data_module.Flicker2WDataModule"],
      summary: "The 20 745 pictures of Flickr2W, as a training set.", paper: "Liu et al. 2020"),
    folder(
      CLICFolder.self, "datasets.CLIC", summary: "Pictures of the Challenge on Learned Image Compression."),
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

  /// A data set that is a folder; they differ in where it is looked for.
  private static func folder<Place: FolderPlace>(
    _ place: Place.Type, _ classPath: String, aliases: [String] = [], summary: String, paper: String? = nil
  ) -> Entry {
    Entry(
      DatasetKind.self, classPath, aliases: aliases, summary: summary, paper: paper, settings: FolderSettings<Place>.self
    ) { settings, context in
      DataModule(folder: settings.dataDir.path, batchSize: settings.batchSize, workers: settings.numWorkers) { stage in
        let chosen =
          switch stage {
          case .train: settings.transform
          case .validate: settings.valTransform ?? settings.transform
          case .test: settings.testTransform ?? settings.transform
          }
        return try chosen.map { try context.build($0, as: (any ImageTransform).self) } ?? CenterCrop(patchSize: 256)
      }
    }
  }
}

/// The settings of `transform.RandomCrop` and `transform.CenterCrop`.
public struct PatchTransformSettings: ValidatedSettings {
  /// The side of the patch in pixels, at least 1; a smaller picture is an error.
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
  /// The probability that a picture is flipped, 0 to 1.
  public var p = 0.5

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { 0...1 ~= p ? [] : [("p", "must be in 0 ... 1, found \(p)")] }
}

/// The settings of `transform.Compose`.
public struct ComposeSettings: Settings {
  /// The transforms in the order in which they are applied; an empty list leaves pictures as they are.
  public var transforms: [Component<TransformKind>] = []

  /// Creates the defaults.
  public init() {}
}
