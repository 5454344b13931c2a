public import Configuration

/// One component of the registry: its names, what it is, its settings and how it is made.
public struct Entry: Sendable {
  /// The canonical class path: `nonlinearity.GDN`.
  public let classPath: String
  /// Other class paths that mean the same component, such as those of the thesis.
  public let aliases: [String]
  /// The kind in words: `nonlinearity`.
  public let kind: String
  /// The first part of class paths of the kind.
  public let section: String
  /// What the component is, in one line.
  public let summary: String
  /// The paths of the parts of the taxonomy that the component belongs to, the foremost first; none where ``outside`` says why.
  public let leaves: [String]
  /// Why the component belongs to no part of the taxonomy; nil where it does, and where nobody said.
  public let outside: String?
  /// The key of the paper that the component comes from: `balle2018variational`.
  public let paper: String?
  /// What it computes, as plain text of one or several lines; nil where no equation says it.
  public let equation: String?
  /// The type of the component's settings.
  public let settingsType: any Settings.Type

  /// Completes arguments with the defaults; problems go to the context.
  let complete: @Sendable (Node, String, SettingsContext) -> Node
  /// Makes the component from complete arguments.
  let make: @Sendable (Node, BuildContext) throws -> Any

  /// Creates an entry.
  ///
  /// - Parameters:
  ///   - kind: What the component is for; the class path starts with its section.
  ///   - classPath: The canonical class path.
  ///   - aliases: Other class paths that mean the same component.
  ///   - summary: What the component is, in one line.
  ///   - leaf: The path of the part of the taxonomy that it belongs to; nil where there is none.
  ///   - alsoIn: The paths of further parts.
  ///   - outside: Why it belongs to none, where its kind does not say that.
  ///   - paper: The key of the paper that it comes from.
  ///   - equation: What it computes, as plain text with the signs of Unicode: `y_i = x_i / √(β_i + Σ_j γ_ij·x_j²)`.
  ///   - settings: The type of the settings; `NoSettings.self` where there are none.
  ///   - make: Makes the component; builds components among the settings with the context.
  public init<Kind: ComponentKind, S: Settings, Product>(
    _ kind: Kind.Type, _ classPath: String, aliases: [String] = [], summary: String, leaf: String? = nil, alsoIn leaves: [String] = [],
    outside: String? = nil, paper: String? = nil, equation: String? = nil, settings: S.Type,
    make: @escaping @Sendable (S, BuildContext) throws -> Product
  ) {
    self.classPath = classPath
    self.aliases = aliases
    self.kind = Kind.name
    section = Kind.section
    self.summary = summary
    self.leaves = (leaf.map { [$0] } ?? []) + leaves
    self.outside = self.leaves.isEmpty ? outside ?? Kind.outside : nil
    self.paper = paper
    self.equation = equation
    settingsType = settings
    complete = { arguments, path, context in
      let value = SettingsDecoder.decode(S.self, from: arguments, path: path, owner: classPath, context: context)
      do {
        return try SettingsEncoder.node(of: value, origins: arguments)
      } catch {
        context.report(arguments.mark, path: path, "\(error)")
        return arguments
      }
    }
    self.make = { arguments, context in
      let path = KeySpelling.path(context.path, "init_args")
      return try make(try SettingsDecoder.decode(S.self, from: arguments, path: path, components: context.catalogue), context)
    }
  }

  /// The names of the arguments.
  public var argumentNames: [String] { settings.map(\.key).filter { !$0.contains(".") } }

  /// What is known of each argument: type, default, choices.
  public var settings: [SettingDescription] {
    func all<S: Settings>(_ type: S.Type) -> [SettingDescription] { SettingDescription.all(of: type) }
    return all(settingsType)
  }
}
