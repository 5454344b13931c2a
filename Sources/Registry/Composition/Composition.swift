public import Configuration

/// A configuration put together from files, options and environment variables, before it is decoded.
///
/// Everything applies from left to right: defaults, the base, files that `BENCHPRESSO_CONFIG` names, other environment variables, then files
/// and options in the order in which they were given. Variables are substituted last.
public struct Composition: Sendable {
  /// The tree with all variables substituted.
  public private(set) var tree = Node(.map([]))
  /// The tree with its variables, for telling where a value comes from.
  public private(set) var merged = Node(.map([]))
  /// What is worth telling.
  public private(set) var notes: [Note] = []
  /// What is wrong so far; decoding finds the rest.
  public private(set) var problems: [Problem] = []

  /// Files, options and variables in the order in which they were laid over each other.
  private var sources: [String] = []
  private let catalogue: Catalogue
  private let root: any Settings.Type

  /// Puts a configuration together.
  ///
  /// - Parameter root: The type of the whole configuration, which says where files may stand for maps.
  public init(_ request: ConfigurationRequest, root: any Settings.Type, catalogue: Catalogue) {
    self.catalogue = catalogue
    self.root = root
    let environment = EnvironmentSettings(request.environment, stage: request.stage)
    compose(request, files: environment.files, overrides: [])
    let (known, unknown) = environment.overrides(in: merged, root: root, catalogue: catalogue)
    if !known.isEmpty { compose(request, files: environment.files, overrides: known) }
    notes = unknown + notes
    tree = Variables.substituted(in: merged, problems: &problems)
  }

  /// Returns the settings; all problems of putting together and of decoding are thrown together.
  public mutating func decode<S: Settings>(_ type: S.Type) throws(ConfigurationError) -> S {
    let context = SettingsContext(components: catalogue)
    let settings = SettingsDecoder.decode(type, from: tree, path: "", context: context)
    for note in context.notes where !notes.contains(note) { notes.append(note) }
    // A value that could not be made out has no type either.
    let all = problems + context.problems.filter { found in !problems.contains { $0.mark == found.mark && $0.path == found.path } }
    guard all.isEmpty else { throw ConfigurationError(all, order: sources) }
    return settings
  }

  private mutating func compose(_ request: ConfigurationRequest, files: [String], overrides: [Override]) {
    merged = request.base
    notes = []
    problems = []
    sources = []
    for file in files { lay(file: file) }
    for override in overrides { lay(override) }
    for item in request.items {
      switch item {
      case .file(let path): lay(file: path)
      case .text(let text):
        attempt { composition throws(ConfigurationError) in
          composition.lay(try ConfigurationFile.parse(text, source: "--config"))
        }
      case .option(let override): lay(override)
      }
    }
  }

  private mutating func lay(file path: String) {
    sources.append(path)
    attempt { composition throws(ConfigurationError) in composition.lay(try ConfigurationFile.read(path)) }
  }

  /// Lays a whole configuration over the tree, after the files that it names are put in.
  private mutating func lay(_ overlay: Node) {
    var log = MergeLog()
    let parts = PartFiles(catalogue: catalogue, root: root)
    let whole = merged.merging(overlay, rules: catalogue.mergeRules, log: &log)
    let expansion = parts.expand(overlay, at: [], in: whole)
    problems += expansion.problems
    sources += expansion.sources
    log = MergeLog()
    merged = merged.merging(expansion.variables, rules: catalogue.mergeRules, log: &log)
    merged = merged.merging(expansion.node ?? overlay, rules: catalogue.mergeRules, log: &log)
    add(log)
  }

  private mutating func lay(_ override: Override) {
    sources.append(override.mark.source)
    attempt { composition throws(ConfigurationError) in
      let typed = try override.node()
      let rules = composition.catalogue.mergeRules
      var ignored = MergeLog()
      let whole = try composition.merged.applying(override, value: typed, rules: rules, log: &ignored)
      let parts = PartFiles(catalogue: composition.catalogue, root: composition.root)
      let path = override.path.hasSuffix("+") ? String(override.path.dropLast()) : override.path
      let expansion = parts.expand(typed, at: KeySpelling.keys(of: path) ?? [], in: whole)
      composition.problems += expansion.problems
      composition.sources += expansion.sources
      guard let value = expansion.node else { return }
      var log = MergeLog()
      defer { composition.add(log) }
      composition.merged = composition.merged.merging(expansion.variables, rules: rules, log: &log)
      composition.merged = try composition.merged.applying(override, value: value, rules: rules, log: &log)
    }
  }

  private mutating func attempt(_ body: (inout Composition) throws(ConfigurationError) -> Void) {
    do throws(ConfigurationError) { try body(&self) } catch { problems += error.problems }
  }

  private mutating func add(_ log: MergeLog) {
    notes += log.notes
    problems += log.problems
  }
}
