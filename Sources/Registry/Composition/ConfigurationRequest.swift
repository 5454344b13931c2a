public import Configuration

/// What a configuration is put together from, in the order in which it was given.
public struct ConfigurationRequest: Sendable {
  /// One piece of a configuration.
  public enum Item: Sendable, Equatable {
    /// A file.
    case file(String)
    /// A text in YAML, typed in place of a file.
    case text(String)
    /// A value typed as an option.
    case option(Override)
  }

  /// The pieces; later ones are laid over earlier ones.
  public var items: [Item]
  /// The environment variables that may hold settings; see ``EnvironmentSettings``.
  public var environment: [String: String]
  /// The command, for variables that are meant for one command alone.
  public var stage: String
  /// What holds where nothing else says anything, such as the model that a file of weights names.
  public var base: Node

  /// Creates a request.
  public init(items: [Item] = [], environment: [String: String] = [:], stage: String = "", base: Node = Node(.map([]))) {
    self.items = items
    self.environment = environment
    self.stage = stage
    self.base = base
  }
}
