/// A mistake in the list of entries.
public enum RegistryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Two entries of one kind claim one name.
  case duplicate(name: String, first: String, second: String)
  /// A class path does not start with the section of its kind.
  case wrongSection(classPath: String, kind: String, section: String)

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .duplicate(let name, let first, let second):
      "the name '\(name)' stands for both '\(first)' and '\(second)'; give one of them another class path or alias"
    case .wrongSection(let classPath, let kind, let section):
      "the class path '\(classPath)' is that of \(withArticle(kind)) and has to start with '\(section).'"
    }
  }
}
