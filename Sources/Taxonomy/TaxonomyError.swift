import Configuration

/// What cannot be found in the taxonomy, or is wrong with its file.
public enum TaxonomyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file is not a taxonomy.
  case badFile(name: String, reason: String)
  /// No node has the name; `near` are the paths of nodes that have one like it.
  case unknownNode(String, near: [String])
  /// Several nodes have the name.
  case ambiguousNode(String, paths: [String])
  /// No publication has the key.
  case unknownPublication(String, near: [String])

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .badFile(let name, let reason): "\(name) is not a taxonomy: \(reason)"
    case .unknownNode(let name, let near):
      "there is no '\(name)' in the taxonomy\(Self.question(near)) 'benchpresso taxonomy' shows all of it"
    case .ambiguousNode(let name, let paths):
      "'\(name)' could be \(paths.map { "'\($0)'" }.joined(separator: " or ")); write more of the path"
    case .unknownPublication(let name, let near):
      "there is no publication '\(name)'\(Self.question(near)) 'benchpresso papers' lists all"
    }
  }

  private static func question(_ near: [String]) -> String {
    near.isEmpty ? "." : "; did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
  }
}
