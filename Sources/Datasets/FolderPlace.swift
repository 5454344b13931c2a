/// Where a data set is looked for when nothing is said.
public protocol FolderPlace: Sendable {
  /// The folder.
  static var dataDir: String { get }
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
}

/// Flickr2W, spelled as the thesis does.
public enum Flickr2WFolder: FolderPlace {
  /// `./data/flicker_2W_images`.
  public static let dataDir = "./data/flicker_2W_images"
}

/// The Challenge on Learned Image Compression.
public enum CLICFolder: FolderPlace {
  /// `./data/clic`.
  public static let dataDir = "./data/clic"
}
