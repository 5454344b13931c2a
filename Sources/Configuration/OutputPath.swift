/// A file or a folder that is written, as a setting; a relative path starts in the working directory wherever it was written.
///
/// The resolved configuration holds the absolute path.
public struct OutputPath: Sendable, Equatable {
  /// The path to write: relative to the working directory where it lies inside it, otherwise absolute.
  public let path: String

  /// Creates a path that starts in the working directory.
  public init(_ path: String) { self.path = PathText.short(path) }
}

extension OutputPath: ExpressibleByStringLiteral {
  /// Creates a path that starts in the working directory.
  public init(stringLiteral value: String) { self.init(value) }
}

extension OutputPath: NodeDecodable {
  /// Creates a path from a text.
  ///
  /// - Throws: ``ReportedProblem`` after something else than a text was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = try PathSetting.text(given: given, fallback: fallback, path: path, context: context)
    self.init(node.string ?? node.text ?? "")
  }

  /// The absolute path.
  public var node: Node { Node(.string(PathText.absolute(path))) }
  /// `a path`.
  public static var typeDescription: String { "a path" }
  /// A file or a folder.
  public static var shape: SettingShape { .file }
  /// A text that is not empty.
  public static var form: SettingForm { .scalar(.path) }
}
