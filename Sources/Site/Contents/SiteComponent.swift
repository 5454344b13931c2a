/// A component of the program, as `describe` tells it.
public struct SiteComponent: Sendable, Equatable {
  /// One argument.
  public struct Setting: Sendable, Equatable {
    /// The key.
    public var key: String
    /// The type in words.
    public var type: String
    /// The default.
    public var defaultValue: String
    /// What it means.
    public var documentation: String

    /// Creates a setting.
    public init(key: String, type: String, defaultValue: String, documentation: String) {
      (self.key, self.type, self.defaultValue, self.documentation) = (key, type, defaultValue, documentation)
    }
  }

  /// The class path.
  public var classPath: String
  /// The kind in words.
  public var kind: String
  /// What it is, in one line.
  public var summary: String
  /// Other names.
  public var aliases: [String] = []
  /// The paths of the parts of the taxonomy that it belongs to.
  public var leaves: [String] = []
  /// Why it belongs to none; nil where it does.
  public var outside: String?
  /// What it computes; nil where there is no equation.
  public var equation: String?
  /// The key of the paper that it comes from.
  public var paperKey: String?
  /// The paper in words.
  public var paper: String?
  /// What it costs, in words; nil for kinds that have no cost.
  public var cost: String?
  /// Its arguments.
  public var settings: [Setting] = []
  /// A configuration that uses it, as YAML.
  public var example = ""

  /// Creates a component without settings.
  public init(classPath: String, kind: String, summary: String) { (self.classPath, self.kind, self.summary) = (classPath, kind, summary) }
}
