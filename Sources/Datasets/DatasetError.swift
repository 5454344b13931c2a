public import Images
public import SafeFiles

/// A data set that cannot be found, listed or loaded.
public enum DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder of the data set is missing or no folder; `set` is the name under which `data download` and `data list` know the set.
  case noFolder(path: String, set: String? = nil)
  /// A file or folder that belongs to a data set of this name is missing.
  case noPart(path: String, set: String)
  /// A line of a list of pictures is not what it should be.
  case badLine(path: String, line: Int, text: String)
  /// A test reads whole files, and the data set cannot give them.
  case notTestable(reason: String)
  /// A pack of pictures cannot be opened or read.
  case pack(PackError)
  /// A data set could not prepare itself, or its pictures for a stage.
  case preparation(reason: String)
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
    case .noFolder(let path, let set):
      let known = set.map { ", or get the set: 'benchpresso data list \($0)' says how" } ?? ""
      return "the data set folder '\(path)' does not exist; check data_dir\(known)"
    case .noPart(let path, let set):
      return "'\(path)' is missing; check data_dir, or get the set: 'benchpresso data list \(set)' says how"
    case .badLine(let path, let line, let text):
      return "\(path):\(line): expected a sequence such as 00001/0001, found '\(text)'; fetch the list again"
    case .notTestable(let reason):
      return "this data set cannot be tested on: \(reason); name a folder of pictures as data, or test the joined sets one by one"
    case .pack(let error):
      return error.description
    case .preparation(let reason):
      return "the data set cannot be prepared: \(reason)"
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
        + "take a smaller patch_size, set small_pictures: enlarge, or take the picture away"
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

  /// Does what a data set of a user brings, whose errors may be of any type.
  static func explaining<Result>(_ body: () throws -> Result) throws(DatasetError) -> Result {
    do {
      return try body()
    } catch let error as DatasetError {
      throw error
    } catch {
      throw .preparation(reason: "\(error)")
    }
  }

  /// Refuses what is no probability.
  static func checkProbability(_ p: Double) throws(DatasetError) {
    guard 0...1 ~= p else { throw DatasetError.setting(name: "p", value: "\(p)", allowed: "between 0 and 1") }
  }

  private static func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
}
