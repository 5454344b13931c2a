public import Configuration
public import Registry

/// An experiment as it was read: its settings, and the whole configuration with every default filled in.
public struct ExperimentFile: Sendable {
  /// The settings.
  public let experiment: Experiment
  /// The resolved configuration; every value has the place it was written at.
  public let tree: Node
  /// The configuration as it was written, merged, without defaults and before variables were substituted.
  public let written: Node
  /// What was dropped or overridden in reading.
  public let notes: [Note]

  /// Reads a configuration.
  ///
  /// - Parameters:
  ///   - request: what it is put together from.
  ///   - catalogue: the components that may be named.
  /// - Throws: `ConfigurationError` with all problems at once.
  public init(_ request: ConfigurationRequest, catalogue: Catalogue) throws(ConfigurationError) {
    var composition = Composition(Self.naming(request), root: Experiment.self, catalogue: catalogue)
    experiment = try composition.decode(Experiment.self)
    written = composition.merged
    notes = composition.notes
    do {
      tree = try SettingsEncoder.node(of: experiment, origins: composition.tree)
    } catch {
      throw ConfigurationError(mark: written.mark, "\(error)")
    }
  }

  /// Reads files, later ones over earlier ones, and then overrides.
  ///
  /// - Throws: `ConfigurationError` with all problems at once.
  public init(paths: [String], overrides: [Override] = [], catalogue: Catalogue) throws(ConfigurationError) {
    try self.init(ConfigurationRequest(items: paths.map { .file($0) } + overrides.map { .option($0) }), catalogue: catalogue)
  }

  /// The resolved configuration as YAML, the same for the same settings.
  public var resolved: String { yaml() }

  /// Returns the resolved configuration as YAML.
  public func yaml(header: [String] = [], comment: (String, Node) -> YAMLComment = { _, _ in YAMLComment() }) -> String {
    Variables.escaped(tree).yaml(header: header, comment: comment)
  }

  /// A file that is named by the convention gives the run its name, unless something else does.
  static func naming(_ request: ConfigurationRequest) -> ConfigurationRequest {
    let files = request.items.compactMap { if case .file(let path) = $0 { path } else { nil } }
    guard let file = files.last(where: { RunName(file: $0) != nil }), let name = RunName(file: file) else { return request }
    var request = request
    if request.base["name"] == nil { request.base["name"] = Node(.string(name.description), mark: Mark(source: file)) }
    return request
  }
}
