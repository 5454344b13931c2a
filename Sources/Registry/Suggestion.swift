public import Configuration

/// An argument that the surroundings of a component know, and where it was said.
public struct Suggestion: Sendable {
  /// The argument.
  public let value: Node
  /// The dotted path of the setting that says it; nil when no setting does.
  public let path: String?

  /// Creates a suggestion.
  public init(_ value: Node, path: String? = nil) {
    self.value = value
    self.path = path
  }
}
