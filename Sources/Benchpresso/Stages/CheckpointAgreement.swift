import Configuration
import Registry

/// The check that nobody asks for another model than the one that the weights belong to.
struct CheckpointAgreement {
  /// The configuration that the weights carry; empty when they carry none.
  let base: Node
  /// The file of the weights.
  let path: String

  /// Compares the model of `file` with that of the weights.
  ///
  /// - Throws: `ConfigurationError` with one problem for each value that differs.
  func check(_ file: ExperimentFile, catalogue: Catalogue) throws(ConfigurationError) {
    guard base["model"] != nil else { return }
    let own = try ExperimentFile(ConfigurationRequest(base: base), catalogue: catalogue)
    let differences = Difference.between(own.tree["model"] ?? .null, file.tree["model"] ?? .null, path: "model")
      .filter { !MovedFile.explains($0, in: file, catalogue: catalogue) }
    guard !differences.isEmpty else { return }
    throw ConfigurationError(
      differences.map { difference in
        let asked = "asked for \(Difference.text(difference.right)), but '\(path)' was trained with \(Difference.text(difference.left))"
        return Problem(
          mark: difference.right?.mark ?? .defaults, path: difference.path,
          sentence: "\(asked); leave the setting out, or name other weights")
      })
  }
}
