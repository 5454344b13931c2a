import Images
import SafeFiles

/// The pictures of a folder, as one stage of a run sees them.
///
/// A folder with any of the subfolders `train`, `val` (or `valid`, `eval`) and `test` is split: each stage sees its own.
/// Any other folder is flat: every stage sees all of it. Subfolders (`class_0`, `class_1`, …) are listed too.
/// Files count by their suffix (``Images/ImageFile/readableSuffixes``, in any case); hidden files and folders are passed over.
/// Nothing is opened while listing.
public struct ImageFolder: Sendable, Equatable {
  /// The paths of the pictures: folder by folder, the files of a folder before its subfolders, both sorted by name.
  public let files: [String]
  /// The number of files in each folder that holds any, in the order of ``files``.
  public let groupSizes: [Int]

  /// Lists the pictures for `stage` under the folder `root`.
  ///
  /// - Throws: ``DatasetError`` when the folder is missing, has no pictures, or is split without a folder for `stage`.
  public init(_ root: String, stage: Stage) throws(DatasetError) {
    guard Folder.exists(root) else { throw DatasetError.noFolder(path: root) }
    try self.init(whole: Self.folder(of: stage, in: root))
  }

  /// Lists all pictures under the folder `path`.
  ///
  /// - Throws: ``DatasetError`` when the folder is missing or has no pictures.
  public init(whole path: String) throws(DatasetError) {
    guard Folder.exists(path) else { throw DatasetError.noFolder(path: path) }
    var list = Listing()
    try list.add(path, depth: 0)
    guard !list.files.isEmpty else { throw DatasetError.noPictures(path: path) }
    files = list.files
    groupSizes = list.groupSizes
  }

  /// The pictures to be read.
  public var source: FileList { FileList(files, groupSizes: groupSizes) }

  private static func folder(of stage: Stage, in root: String) throws(DatasetError) -> String {
    let present = { (stage: Stage) in stage.folderNames.filter { Folder.exists(Listing.join(root, $0)) } }
    let all = Stage.allCases.flatMap(present)
    if all.isEmpty { return root }
    let own = present(stage)
    guard let name = own.first else { throw DatasetError.noSplit(path: root, stage: stage, found: all) }
    guard own.count == 1 else { throw DatasetError.ambiguousSplit(path: root, stage: stage, found: own) }
    return Listing.join(root, name)
  }
}

/// Collects picture files below a folder.
private struct Listing {
  var files: [String] = []
  var groupSizes: [Int] = []

  static let depthLimit = 32

  static func join(_ folder: String, _ name: String) -> String { folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)" }

  mutating func add(_ folder: String, depth: Int) throws(DatasetError) {
    guard depth < Self.depthLimit else { throw DatasetError.tooDeep(path: folder) }
    let names: [String]
    do {
      names = try Folder.names(in: folder)
    } catch {
      throw DatasetError.file(error)
    }
    var others: [String] = []
    let before = files.count
    for name in names where !name.hasPrefix(".") {
      // The suffix decides first: a large data set is listed without asking the system about every file.
      if Self.isPicture(name) { files.append(Self.join(folder, name)) } else { others.append(Self.join(folder, name)) }
    }
    if files.count > before { groupSizes.append(files.count - before) }
    for path in others where Folder.exists(path) { try add(path, depth: depth + 1) }
  }

  private static func isPicture(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return ImageFile.readableSuffixes.contains(name[name.index(after: dot)...].lowercased())
  }
}
