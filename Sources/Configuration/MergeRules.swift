/// What merging has to know about component classes: which names mean the same class, and which arguments a class takes.
public struct MergeRules: Sendable {
  /// The canonical name of a class path; the name itself when it is unknown.
  public var canonicalName: @Sendable (String) -> String
  /// The names of the arguments of a class; nil when the class is unknown.
  public var arguments: @Sendable (String) -> [String]?
  /// Whether a class takes this value for one of its arguments; only asked for names among ``arguments``.
  public var accepts: @Sendable (_ classPath: String, _ argument: String, _ value: Node) -> Bool

  /// Creates rules; without arguments nothing is known of any class, so that a changed class keeps every argument.
  public init(
    canonicalName: @escaping @Sendable (String) -> String = { $0 }, arguments: @escaping @Sendable (String) -> [String]? = { _ in nil },
    accepts: @escaping @Sendable (_ classPath: String, _ argument: String, _ value: Node) -> Bool = { _, _, _ in true }
  ) {
    self.canonicalName = canonicalName
    self.arguments = arguments
    self.accepts = accepts
  }
}
