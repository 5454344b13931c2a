/// The place a value was written at: a file with line and column, an option, an environment variable, or the default of the settings.
public struct Mark: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The file's path as it was given, the option with its dashes (`--trainer.max_steps`), the variable with its dollar, or `default`.
  public let source: String
  /// The line, counted from 1; 0 where the source has no lines.
  public let line: Int
  /// The column in Unicode scalars, counted from 1; 0 where the source has no columns.
  public let column: Int

  /// Creates a place in a source; line and column are 0 for a source without lines.
  public init(source: String, line: Int = 0, column: Int = 0) {
    self.source = source
    self.line = line
    self.column = column
  }

  /// The place of values typed as options, where the option's name is not known.
  public static let commandLine = Mark(source: "command line")
  /// The place of values nobody wrote.
  public static let defaults = Mark(source: "default")

  /// The place of a value typed as the option `--path`.
  public static func option(_ path: String) -> Mark { Mark(source: "--\(path)") }
  /// The place of a value given by an environment variable.
  public static func environment(_ variable: String) -> Mark { Mark(source: "$\(variable)") }

  /// Whether the value was typed as an option.
  public var isCommandLine: Bool { source.hasPrefix("--") || source == Mark.commandLine.source }
  /// Whether the value came from an environment variable.
  public var isEnvironment: Bool { source.hasPrefix("$") }
  /// Whether nobody wrote the value.
  public var isDefault: Bool { source == Mark.defaults.source }
  /// Whether the value was written in a file.
  public var isFile: Bool { !isCommandLine && !isEnvironment && !isDefault }

  /// `file:line:column`, or the source alone where it has no lines.
  public var description: String { line > 0 ? "\(source):\(line):\(column)" : source }
  /// `file:line`, or the source alone where it has no lines.
  public var shortDescription: String { line > 0 ? "\(source):\(line)" : source }

  /// The place and the dotted path in front of a sentence; a path that the option itself says, and the place of a default, are left out.
  func place(of path: String) -> String {
    let isSaid = path.isEmpty || source == "--\(path)" || source == "--\(path.replacing("init_args.", with: ""))"
    return (isDefault ? "" : "\(self): ") + (isSaid ? "" : "\(path): ")
  }
}
