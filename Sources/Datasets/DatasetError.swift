public import Images
public import SafeFiles

/// A data set that cannot be found, listed or loaded.
public enum DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder of the data set is missing or no folder.
  case noFolder(path: String)
  /// No picture lies in the folder or below it.
  case noPictures(path: String)
  /// Folders are nested without end, most likely through a link to a folder above.
  case tooDeep(path: String)
  /// The folder has split folders, but none for this stage.
  case noSplit(path: String, stage: Stage, found: [String])
  /// Several folders could be meant for this stage.
  case ambiguousSplit(path: String, stage: Stage, found: [String])
  /// A folder cannot be listed.
  case file(FileError)
  /// A picture cannot be read.
  case image(ImageError)
  /// A picture is smaller than the patch that is to be cut from it.
  case smallerThanPatch(name: String, width: Int, height: Int, patchSize: Int)
  /// A transform refused a picture for a reason of its own.
  case transform(name: String, reason: String)
  /// Two pictures of one batch have different sizes.
  case differentSizes(name: String, width: Int, height: Int, otherName: String, otherWidth: Int, otherHeight: Int)
  /// A setting is out of its range; `allowed` says what it may be.
  case setting(name: String, value: String, allowed: String)
  /// The system gave no thread for a worker.
  case noThread(workers: Int)

  /// One sentence with the place, the cause and the remedy.
  public var description: String {
    switch self {
    case .noFolder(let path):
      return "the data set folder '\(path)' does not exist; check data_dir"
    case .noPictures(let path):
      return
        "there are no pictures in '\(path)' or its subfolders; put files that end in \(Self.list(ImageFile.readableSuffixes)) there, or change data_dir"
    case .tooDeep(let path):
      return "the folders at '\(path)' are nested too deeply; look for a link that leads back to a folder above it"
    case .noSplit(let path, let stage, let found):
      return "'\(path)' has \(Self.list(found)) but no folder for the stage \(stage.rawValue); add \(Self.list(stage.folderNames))"
    case .ambiguousSplit(let path, let stage, let found):
      return "'\(path)' has several folders for the stage \(stage.rawValue): \(Self.list(found)); keep one of them"
    case .file(let error):
      return error.description
    case .image(let error):
      return error.description
    case .smallerThanPatch(let name, let width, let height, let patchSize):
      return "'\(name)' has \(width)×\(height) pixels, less than the patch of \(patchSize)×\(patchSize); "
        + "take a smaller patch_size or take the picture away"
    case .transform(let name, let reason):
      return "the transform cannot be applied to '\(name)': \(reason)"
    case .differentSizes(let name, let width, let height, let otherName, let otherWidth, let otherHeight):
      return
        "'\(name)' (\(width)×\(height)) and '\(otherName)' (\(otherWidth)×\(otherHeight)) are in one batch and differ in size; set batch_size: 1, "
        + "cut all to one size by a transform, or sort the pictures by size into subfolders class_0, class_1, …"
    case .setting(let name, let value, let allowed):
      return "\(name) is \(value), and it must be \(allowed)"
    case .noThread(let workers):
      return "the system has no thread for \(workers) workers; lower num_workers"
    }
  }

  private static func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
}
