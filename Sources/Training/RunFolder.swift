public import SafeFiles

/// The folder of one run: `<root>/<name>/version_N/` with `config.yaml`, `metrics.csv` and `checkpoints/`.
public struct RunFolder: Sendable, Equatable {
  /// The folder.
  public let path: String

  /// Names an existing or a new folder.
  public init(path: String) { self.path = path }

  /// The resolved configuration.
  public var configuration: String { "\(path)/config.yaml" }
  /// The metrics over the steps.
  public var metrics: String { "\(path)/metrics.csv" }
  /// The folder of the checkpoints.
  public var checkpoints: String { "\(path)/checkpoints" }
  /// The newest checkpoint.
  public var last: String { "\(checkpoints)/last.ckpt" }
  /// The checkpoint with the smallest validation loss.
  public var best: String { "\(checkpoints)/best.ckpt" }
  /// The checkpoint of one step that is kept.
  public func checkpoint(step: Int) -> String { "\(checkpoints)/step-\(step).ckpt" }

  /// Creates the next version's folder of a run; two processes that do so at the same time get two folders.
  public static func next(root: String, name: String) throws(FileError) -> RunFolder {
    try Folder.create("\(root)/\(name)")
    while true {
      let folder = try upcoming(root: root, name: name)
      if try Folder.createNew(folder.path) { return folder }
    }
  }

  /// Returns the next version's folder of a run without creating anything.
  public static func upcoming(root: String, name: String) throws(FileError) -> RunFolder {
    let parent = "\(root)/\(name)"
    let newest = try versions(in: parent).last ?? -1
    return RunFolder(path: "\(parent)/version_\(newest + 1)")
  }

  /// Returns the newest version that has a checkpoint; nil when there is none.
  public static func newestWithCheckpoint(root: String, name: String) throws(FileError) -> RunFolder? {
    for version in try versions(in: "\(root)/\(name)").reversed() {
      let folder = RunFolder(path: "\(root)/\(name)/version_\(version)")
      if Folder.exists(folder.checkpoints), try Folder.names(in: folder.checkpoints).contains("last.ckpt") { return folder }
    }
    return nil
  }

  private static func versions(in parent: String) throws(FileError) -> [Int] {
    guard Folder.exists(parent) else { return [] }
    return try Folder.names(in: parent).compactMap { $0.hasPrefix("version_") ? Int($0.dropFirst(8)) : nil }.sorted()
  }
}
