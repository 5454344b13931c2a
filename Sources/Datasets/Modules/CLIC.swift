public import Configuration
public import Registry
import SafeFiles

/// The settings of `datasets.CLIC`.
public struct CLICSettings: LoadingSettings {
  /// Which pictures of the challenge.
  public enum Variant: String, Codable, Sendable, CaseIterable {
    /// Those of professional cameras.
    case professional
    /// Those of mobile phones.
    case mobile
    /// All of them, professional first.
    case both
  }

  /// The folder of the challenge's folders, YEAR/VARIANT/SPLIT as `data download clic` makes them; the names of the archives
  /// (professional_valid_2020, …) do, too.
  ///
  /// Where there is none of them it is taken as any folder of pictures.
  public var dataDir: InputPath = "./data/clic"
  /// The year of the challenge, 2020 or 2021; null takes the latest that is there for the stage.
  public var year: Int?
  /// Which pictures of the challenge.
  public var variant = Variant.both
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

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let wrongYear = year.flatMap { CLICFolders.years.contains($0) ? nil : ("year", "must be 2020 or 2021, found \($0)") }
    return loadingProblems() + (wrongYear.map { [$0] } ?? [])
  }

  /// The data set.
  func module(_ context: BuildContext) -> DataModule {
    let folders = CLICFolders(root: dataDir.path, year: year, variant: variant)
    return module(folder: dataDir.path, context) { stage throws(DatasetError) in try folders.source(stage) }
  }
}

/// Where the splits of the challenge lie.
struct CLICFolders: Sendable {
  /// The years there are, the latest first.
  static let years = [2021, 2020]

  let root: String
  let year: Int?
  let variant: CLICSettings.Variant

  private var years: [Int] { year.map { [$0] } ?? Self.years }
  private var variants: [String] { variant == .both ? ["professional", "mobile"] : [variant.rawValue] }

  private static func splits(_ stage: Stage) -> [String] { stage == .validate ? ["valid", "val"] : stage.folderNames }

  /// The folders in which the pictures of a variant may lie.
  private static func names(_ variant: String, _ year: Int, _ stage: Stage) -> [String] {
    splits(stage).flatMap { ["\(year)/\(variant)/\($0)", "\(variant)_\($0)_\(year)", "\(year)/\(variant)_\($0)"] }
  }

  private func folder(_ variant: String, _ year: Int, _ stage: Stage) -> String? {
    Self.names(variant, year, stage).map { "\(root)/\($0)" }.first { Folder.exists($0) }
  }

  /// Returns the pictures of a stage.
  ///
  /// - Throws: ``DatasetError`` when there are folders of the challenge, but not those that are asked for.
  func source(_ stage: Stage) throws(DatasetError) -> any SampleSource {
    guard Folder.exists(root) else { throw DatasetError.noFolder(path: root, set: KnownDataset.clic.name) }
    // What lacks beside something that is there says more than what lacks altogether.
    var (lackingBeside, lacking): (String?, String?)
    for year in years {
      let found = variants.map { (variant: $0, folder: folder($0, year, stage)) }
      let folders = found.compactMap(\.folder)
      guard let missing = found.first(where: { $0.folder == nil }) else { return try Self.source(folders) }
      let name = Self.names(missing.variant, year, stage)[0]
      if folders.isEmpty { lacking = lacking ?? name } else { lackingBeside = lackingBeside ?? name }
    }
    guard let part = lackingBeside ?? lacking, hasAny else { return try ImageFolder(root, stage: stage).source }
    throw DatasetError.noPart(path: "\(root)/\(part)", set: KnownDataset.clic.name)
  }

  private static func source(_ folders: [String]) throws(DatasetError) -> FileList {
    var (files, groupSizes) = ([String](), [Int]())
    for folder in folders {
      let list = try ImageFolder(whole: folder)
      files += list.files
      groupSizes += list.groupSizes
    }
    return FileList(files, groupSizes: groupSizes)
  }

  /// Whether any folder of the challenge is there.
  private var hasAny: Bool {
    Self.years.contains { year in
      ["professional", "mobile"].contains { variant in Stage.allCases.contains { folder(variant, year, $0) != nil } }
    }
  }
}
