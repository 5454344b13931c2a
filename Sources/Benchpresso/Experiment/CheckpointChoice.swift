public import Configuration

/// Which checkpoint is meant: a file, or the newest or the best of a run.
public enum CheckpointChoice: Sendable, Equatable {
  /// The newest checkpoint of the run's newest version.
  case last
  /// The checkpoint with the smallest validation loss of the run's newest version.
  case best
  /// A file.
  case file(InputPath)
}

extension CheckpointChoice: NodeDecodable {
  /// Creates a choice from `last`, `best`, a path or `zoo:` with the name of a model that comes with the program.
  ///
  /// - Throws: ``ReportedProblem`` after something else than a text was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    switch (given ?? fallback)?.string {
    case "last": self = .last
    case "best": self = .best
    case let text? where text.hasPrefix(ModelZoo.prefix):
      guard let model = ZooFile.path(text, at: given ?? fallback, path: path, context: context) else { throw ReportedProblem() }
      self = .file(model)
    default: self = .file(try InputPath(given: given, fallback: fallback, path: path, context: context))
    }
  }

  /// `last`, `best` or the absolute path.
  public var node: Node {
    switch self {
    case .last: "last"
    case .best: "best"
    case .file(let path): path.node
    }
  }

  /// `last, best or a path`.
  public static var typeDescription: String { "last, best or a path" }
  /// A file.
  public static var shape: SettingShape { .file }
  /// A text that is not empty.
  public static var form: SettingForm { .scalar(.path) }
}
