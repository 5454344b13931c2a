public import Configuration
public import Registry

/// An experiment as it was read: its settings, and the whole configuration with every default filled in.
public struct ExperimentFile: Sendable {
  /// The settings.
  public let experiment: Experiment
  /// The resolved configuration as YAML.
  public let resolved: String
  /// What was dropped or overridden in reading.
  public let notes: [Note]

  /// Reads configuration files, later ones over earlier ones, and then overrides.
  ///
  /// - Parameters:
  ///   - paths: the files.
  ///   - overrides: settings of the command line.
  ///   - catalogue: the components that may be named.
  ///   - base: what holds where the files say nothing, such as the model that a file of weights names.
  /// - Throws: `ConfigurationError` with all problems at once.
  public init(
    paths: [String], overrides: [Override], catalogue: Catalogue, base: Node = Node(.map([]))
  ) throws(ConfigurationError) {
    let (files, fileNotes) = try ConfigurationFile.read(paths, rules: catalogue.mergeRules)
    var notes = fileNotes
    var node = base.merging(files, rules: catalogue.mergeRules, notes: &notes)
    node = try node.applying(overrides, rules: catalogue.mergeRules, notes: &notes)
    experiment = try SettingsDecoder.decode(Experiment.self, from: node, components: catalogue)
    do {
      resolved = try SettingsEncoder.node(of: experiment, origins: node).yaml(header: ["benchpresso \(BuiltIn.version)"])
    } catch {
      throw ConfigurationError(mark: node.mark, "\(error)")
    }
    self.notes = notes
  }
}
