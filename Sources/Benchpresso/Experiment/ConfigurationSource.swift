import Configuration
import Models
import Registry
import Training

/// Something that holds a configuration: a file, a run folder, or a checkpoint.
struct ConfigurationSource {
  let path: String

  init(_ path: String) { self.path = path }

  /// Returns the resolved configuration.
  ///
  /// - Throws: `ConfigurationError` when it is wrong or there is none.
  func tree(_ catalogue: Catalogue) throws -> Node {
    let run = RunFolder(path: path)
    if PathText.exists(run.configuration) { return try ExperimentFile(paths: [run.configuration], catalogue: catalogue).tree }
    if PathText.isConfigurationFile(path) || !PathText.exists(path) { return try ExperimentFile(paths: [path], catalogue: catalogue).tree }
    guard let text = try ModelWeights(path: path).configuration else {
      throw ConfigurationError(mark: Mark(source: path), "the file carries no configuration")
    }
    return try ExperimentFile(
      ConfigurationRequest(base: try ConfigurationFile.parse(text, source: path)), catalogue: catalogue
    ).tree
  }
}
