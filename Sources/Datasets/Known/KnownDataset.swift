public import Downloads

/// What is known of a data set that many use: where it is looked for, where it comes from, how many pictures it has.
public struct KnownDataset: Sendable, Equatable {
  /// A portion of the set that can be fetched alone.
  public struct Part: Sendable, Equatable {
    /// Its name, for example `2020/professional/valid`; empty for a set of one part.
    public let name: String
    /// Its files.
    public let files: [RemoteFile]
    /// The number of its pictures, where it is known.
    public let imageCount: Int?

    init(_ name: String, imageCount: Int? = nil, _ files: [RemoteFile]) {
      (self.name, self.files, self.imageCount) = (name, files, imageCount)
    }
  }

  /// The name on the command line: `kodak`.
  public let name: String
  /// What the set is, in one line.
  public let title: String
  /// The class path of its component.
  public let classPath: String
  /// Where it is looked for when nothing is said.
  public let folder: String
  /// What can be fetched; empty where the set must be fetched by hand.
  public let parts: [Part]
  /// What must be fetched by hand, from where and where to put it; nil where nothing must.
  public let byHand: String?
  /// The number of pictures in the whole set, where it is known.
  public let imageCount: Int?
  /// Where addresses, sizes and hashes were taken from.
  public let origin: String
  /// The SHA-256 of the samples of each picture, by the path of its file; see ``SampleDigest``.
  public let samples: [String: String]

  init(
    name: String, title: String, classPath: String, folder: String, parts: [Part] = [], byHand: String? = nil, imageCount: Int? = nil,
    origin: String, samples: [String: String] = [:]
  ) {
    (self.name, self.title, self.classPath, self.folder) = (name, title, classPath, folder)
    (self.parts, self.byHand, self.imageCount, self.origin, self.samples) = (parts, byHand, imageCount, origin, samples)
  }

  /// All of them, by name.
  public static let all = [clic, flickr2W, kodak, tecnick, vimeo90K]

  /// Returns the set called `name`, in any case, with or without `datasets.`; nil when there is none.
  public static func named(_ name: String) -> KnownDataset? {
    let name = name.lowercased()
    return all.first { $0.name == name || $0.classPath.lowercased() == name }
  }

  /// Returns what is odd about a folder with `count` pictures, as sentences.
  func notes(count: Int) -> [String] {
    guard let imageCount, count != imageCount else { return [] }
    return ["the set \(name) has \(imageCount) pictures, and \(count) were found"]
  }
}
