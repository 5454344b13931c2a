/// Reads settings from nodes, strictly: all problems are found in one pass.
public enum SettingsDecoder {
  /// Returns the settings of `node` laid over the defaults of `type`; where `problems` grows, defaults stand in for what was wrong.
  ///
  /// - Parameters:
  ///   - node: A map of settings.
  ///   - path: The dotted path of `node`, for problems.
  ///   - components: Who knows the components, so that their arguments are checked and completed too.
  ///   - problems: Where all problems are added: unknown keys, wrong types and choices, and what ``ValidatedSettings`` find.
  public static func decode<S: Settings>(
    _ type: S.Type, from node: Node, path: String = "", components: (any ComponentChecking)? = nil, problems: inout [Problem]
  ) -> S {
    let context = SettingsContext(components: components)
    defer { problems += context.problems }
    return decode(type, from: node, path: path, context: context)
  }

  /// Returns the settings of `node` laid over the defaults of `type`.
  ///
  /// - Throws: ``ConfigurationError`` with all problems.
  public static func decode<S: Settings>(
    _ type: S.Type, from node: Node, path: String = "", components: (any ComponentChecking)? = nil
  ) throws(ConfigurationError) -> S {
    var problems: [Problem] = []
    let settings = decode(type, from: node, path: path, components: components, problems: &problems)
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    return settings
  }

  /// Returns the settings of `node` laid over the defaults of `type`; problems and notes go to `context`.
  ///
  /// - Parameter owner: The class path of the component whose arguments these are, for sentences; nil for other settings.
  public static func decode<S: Settings>(
    _ type: S.Type, from node: Node, path: String, owner: String? = nil, context: SettingsContext
  ) -> S {
    let defaults = S()
    do {
      let overlay = Overlay(
        given: node, fallback: try SettingsEncoder.node(of: defaults), path: path, owner: owner, context: context)
      return try overlay.value(type)
    } catch {
      if !(error is ReportedProblem) { context.report(node.mark, path: path, "\(error)") }
      return defaults
    }
  }
}
