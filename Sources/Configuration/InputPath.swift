/// A file or a folder that is read, as a setting.
///
/// On the command line, in the environment and as a default a relative path starts in the working directory. In a configuration file it
/// starts in the folder of that file; where nothing lies there but does in the working directory, that is taken, and a note says so. The
/// resolved configuration holds the absolute path.
public struct InputPath: Sendable, Equatable {
  /// The path to open: relative to the working directory where it lies inside it, otherwise absolute.
  public let path: String

  /// Creates a path that starts in the working directory.
  public init(_ path: String) { self.path = PathText.short(path) }
}

extension InputPath: ExpressibleByStringLiteral {
  /// Creates a path that starts in the working directory.
  public init(stringLiteral value: String) { self.init(value) }
}

extension InputPath: NodeDecodable {
  /// Creates a path from a text.
  ///
  /// - Throws: ``ReportedProblem`` after something else than a text was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = try PathSetting.text(given: given, fallback: fallback, path: path, context: context)
    self.init(node, path: path, context: context)
  }

  /// Creates a path from the text of a node.
  init(_ node: Node, path: String, context: SettingsContext) {
    let text = node.string ?? node.text ?? ""
    guard node.mark.isFile, !text.hasPrefix("/"), !text.hasPrefix("~") else {
      self.init(text)
      return
    }
    let beside = PathText.absolute(text, from: PathText.folder(of: node.mark.source))
    let here = PathText.absolute(text)
    guard beside != here, !PathText.exists(beside) else {
      self.init(beside)
      return
    }
    let (first, second) = ("'\(PathText.short(beside))'", "'\(PathText.short(here))'")
    guard PathText.exists(here) else {
      context.note(node.mark, path: path, "there is neither \(first), beside this file, nor \(second)")
      self.init(text.hasPrefix("../") ? beside : here)
      return
    }
    context.note(node.mark, path: path, "'\(text)' is taken as \(second) of the working directory, since there is no \(first)")
    self.init(here)
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

/// What path settings share.
enum PathSetting {
  static func text(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws -> Node {
    guard let node = given ?? fallback else {
      context.report(.defaults, path: path, "is missing, expected a path")
      throw ReportedProblem()
    }
    switch String.read(node) {
    case .success(let text) where !text.isEmpty && !node.isBareOption: return node
    case .success where node.isBareOption: context.report(node.mark, path: path, "needs a value, expected a path")
    case .success: context.report(node.mark, path: path, "expected a path, found an empty text")
    case .failure: context.report(node.mark, path: path, "expected a path, found \(node.summary)")
    }
    throw ReportedProblem()
  }
}
