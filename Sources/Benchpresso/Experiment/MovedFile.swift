import Configuration
import Registry

/// A file of a model that lies elsewhere than when its weights were made.
enum MovedFile {
  /// Whether a difference of two configurations is that of a file's place; what is in it is compared when the weights are loaded.
  static func explains(_ difference: Difference, in file: ExperimentFile, catalogue: Catalogue) -> Bool {
    let keys = difference.path.split(separator: ".").map(String.init)
    return keys.first == "model" && catalogue.place(keys, in: file.tree, root: Experiment.self)?.shape == .file
  }
}
