/// The place a value was written at: a file with line and column, the command line, or the default of the settings.
public struct Mark: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The file's path as it was given, or a word such as `command line`.
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

  /// The place of values typed as options.
  public static let commandLine = Mark(source: "command line")
  /// The place of values nobody wrote.
  public static let defaults = Mark(source: "default")

  /// Whether the value was typed as an option.
  public var isCommandLine: Bool { source == Mark.commandLine.source }
  /// Whether nobody wrote the value.
  public var isDefault: Bool { source == Mark.defaults.source }

  /// `file:line:column`, or the source alone where it has no lines.
  public var description: String { line > 0 ? "\(source):\(line):\(column)" : source }
  /// `file:line`, or the source alone where it has no lines.
  public var shortDescription: String { line > 0 ? "\(source):\(line)" : source }
}
