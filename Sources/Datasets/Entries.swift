import Configuration
public import Registry

/// The data sets and picture transforms of the catalogue; they make ``DataModule`` and `any ImageTransform`.
public enum DatasetEntries {
  /// All of them.
  public static let all: [Entry] = datasets + transforms

  private static let datasets: [Entry] = [
    folder(
      AnyFolder.self, "datasets.ImageFolder", aliases: ["data_modules.base_data_module.BaseDataModule"],
      summary: "Pictures of a folder, or of its folders train, val and test."),
    folder(
      KodakFolder.self, "datasets.Kodak", aliases: ["data_modules.kodak_data_module.KodakDataModule"],
      summary: "The 24 pictures of the Kodak set, in a folder of their own."),
    folder(
      Flickr2WFolder.self, "datasets.Flickr2W", aliases: ["data_modules.flicker_2w_data_module.Flicker2WDataModule"],
      summary: "The 20 745 pictures of Flickr2W, as a training set.", paper: "liu2020unified"),
    folder(
      TecnickFolder.self, "datasets.Tecnick", summary: "The 100 pictures of 1200×1200 pixels of Tecnick's TESTIMAGES.",
      paper: "asuni2014testimages"),
    entry("CLIC", "Pictures of the Challenge on Learned Image Compression.", CLICSettings.self) { $0.module($1) },
    entry("Vimeo90K", "Frames of the Vimeo-90K triplets or septuplets.", Vimeo90KSettings.self, paper: "xue2019video") { $0.module($1) },
    entry("Joined", "Several data sets as one, and others for validation and test.", JoinedSettings.self) { try $0.module($1) },
    entry("Pack", "Decoded pictures in one file, made by 'data pack'.", PackSettings.self) { $0.module($1) },
  ]

  /// A data set that is a folder; they differ in where it is looked for.
  private static func folder<Place: FolderPlace>(
    _ place: Place.Type, _ classPath: String, aliases: [String] = [], summary: String, paper: String? = nil
  ) -> Entry {
    Entry(
      DatasetKind.self, classPath, aliases: aliases, summary: summary, paper: paper, settings: FolderSettings<Place>.self
    ) { settings, context in settings.module(context) }
  }

  private static func entry<S: Settings>(
    _ name: String, _ summary: String, _ settings: S.Type, paper: String? = nil,
    _ make: @escaping @Sendable (S, BuildContext) throws -> DataModule
  ) -> Entry {
    Entry(DatasetKind.self, "datasets.\(name)", summary: summary, paper: paper, settings: settings, make: make)
  }
}
