import Configuration
import Registry
import SafeFiles
import Training

/// Finding the checkpoint that `ckpt_path` means.
struct CheckpointLookup {
  let request: ConfigurationRequest
  let catalogue: Catalogue

  /// What has to be known of a configuration to find its checkpoint.
  private struct Keys: Settings {
    struct Trainer: Settings {
      var defaultRootDir: OutputPath = "logs"
      init() {}
    }

    var name = "experiment"
    var trainer = Trainer()
    var ckptPath: CheckpointChoice?
    init() {}
  }

  /// The name of the run and the folder of all runs.
  var run: (name: String, root: String) {
    let keys = keys.value
    return (keys.name, keys.trainer.defaultRootDir.path)
  }

  /// Returns the path; nil when the configuration names no checkpoint.
  ///
  /// - Throws: `ConfigurationError` when it is not there.
  func path() throws -> String? {
    let (keys, mark) = keys
    guard let choice = keys.ckptPath else { return nil }
    return try Self.path(choice, name: keys.name, root: keys.trainer.defaultRootDir.path, mark: mark)
  }

  /// The keys as far as they can be read; what is wrong elsewhere is found when the whole configuration is read.
  private var keys: (value: Keys, mark: Mark) {
    let tree = Composition(ExperimentFile.naming(request), root: Experiment.self, catalogue: catalogue).tree
    var ignored: [Problem] = []
    return (SettingsDecoder.decode(Keys.self, from: tree, problems: &ignored), tree["ckpt_path"]?.mark ?? .defaults)
  }

  /// Returns the path of a choice for the run `name` below `root`.
  static func path(_ choice: CheckpointChoice, name: String, root: String, mark: Mark) throws -> String {
    if case .file(let file) = choice {
      guard PathText.exists(file.path) else {
        throw ConfigurationError(mark: mark, path: "ckpt_path", "there is no file '\(file.path)' (no such file or folder)")
      }
      guard !Folder.exists(file.path) else {
        let run = RunFolder(path: file.path)
        let example = PathText.exists(run.last) ? ", such as '\(run.last)'" : ""
        throw ConfigurationError(mark: mark, path: "ckpt_path", "'\(file.path)' is a folder; name a checkpoint in it\(example)")
      }
      return file.path
    }
    guard let folder = try newestFolder(name: name, root: root) else {
      let places = names(name).map { "'\(root)/\($0)'" }.joined(separator: " or ")
      throw ConfigurationError(mark: mark, path: "ckpt_path", "there is no checkpoint in \(places); give the path of one, or train first")
    }
    let path = choice == .last ? folder.last : folder.best
    guard PathText.exists(path) else {
      throw ConfigurationError(
        mark: mark, path: "ckpt_path", "'\(folder.path)' has no '\(PathText.name(of: path))'; validate during training to get one")
    }
    return path
  }

  /// The newest version of the run that has a checkpoint; the run of a test is that of its training.
  static func newestFolder(name: String, root: String) throws -> RunFolder? {
    for name in names(name) {
      if let folder = try RunFolder.newestWithCheckpoint(root: root, name: name) { return folder }
    }
    return nil
  }

  private static func names(_ name: String) -> [String] {
    let training = RunName(name)?.with(stage: "fit").description
    return training == nil || training == name ? [name] : [name, training ?? name]
  }
}
