/// What merging has to know about component classes: which names mean the same class, and which arguments a class takes.
public struct MergeRules: Sendable {
  /// The canonical name of a class path; the name itself when it is unknown.
  public var canonicalName: @Sendable (String) -> String
  /// The names of the arguments of a class; nil when the class is unknown.
  public var arguments: @Sendable (String) -> [String]?

  /// Creates rules; without arguments nothing is known of any class, so that a changed class keeps no argument.
  public init(
    canonicalName: @escaping @Sendable (String) -> String = { $0 }, arguments: @escaping @Sendable (String) -> [String]? = { _ in nil }
  ) {
    self.canonicalName = canonicalName
    self.arguments = arguments
  }
}
