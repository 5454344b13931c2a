import SafeFiles

/// Where a data set is looked for when nothing is said.
public protocol FolderPlace: Sendable {
  /// The folder.
  static var dataDir: String { get }
  /// The folders inside it in which the pictures may lie, as the set's archive unpacks; the first that is there is taken, and none means the
  /// folder itself.
  static var innerFolders: [String] { get }
  /// What is known of the set; nil for pictures of one's own.
  static var known: KnownDataset? { get }
}

extension FolderPlace {
  /// The folder itself.
  public static var innerFolders: [String] { [] }
  /// Nothing.
  public static var known: KnownDataset? { nil }

  /// Returns the folder that has the pictures, for a set that lies in `folder`.
  static func root(in folder: String) -> String {
    innerFolders.map { "\(folder)/\($0)" }.first { Folder.exists($0) } ?? folder
  }
}

/// Any folder of pictures.
public enum AnyFolder: FolderPlace {
  /// `./data`.
  public static let dataDir = "./data"
}

/// The Kodak set.
public enum KodakFolder: FolderPlace {
  /// `./data/kodak`.
  public static let dataDir = "./data/kodak"
  /// 24 pictures.
  public static var known: KnownDataset? { .kodak }
}

/// Flickr2W, spelled as the thesis does.
public enum Flickr2WFolder: FolderPlace {
  /// `./data/flicker_2W_images`.
  public static let dataDir = "./data/flicker_2W_images"
  /// The archive holds a folder of the same name.
  public static let innerFolders = ["flicker_2W_images"]
  /// 20,745 pictures.
  public static var known: KnownDataset? { .flickr2W }
}

/// The colour pictures of 1200×1200 pixels of Tecnick's TESTIMAGES.
public enum TecnickFolder: FolderPlace {
  /// `./data/tecnick`.
  public static let dataDir = "./data/tecnick"
  /// The folders of the archive.
  public static let innerFolders = ["TESTIMAGES/RGB/RGB_OR_1200x1200", "RGB/RGB_OR_1200x1200", "RGB_OR_1200x1200"]
  /// 100 pictures.
  public static var known: KnownDataset? { .tecnick }
}
