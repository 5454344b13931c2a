import Configuration

/// A file of weights as a setting: a path, or `zoo:` with the name of a model that comes with the program.
struct WeightsPath: Sendable, Equatable {
  /// The file.
  let file: InputPath
}

extension WeightsPath: NodeDecodable {
  /// Creates a file from a text.
  ///
  /// - Throws: ``ReportedProblem`` after a name that the zoo has not, or something else than a text, was reported.
  init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    guard let text = (given ?? fallback)?.string, text.hasPrefix(ModelZoo.prefix) else {
      file = try InputPath(given: given, fallback: fallback, path: path, context: context)
      return
    }
    guard let model = ZooFile.path(text, at: given ?? fallback, path: path, context: context) else { throw ReportedProblem() }
    file = model
  }

  /// The absolute path.
  var node: Node { file.node }
  /// `a path`.
  static var typeDescription: String { InputPath.typeDescription }
  /// A file.
  static var shape: SettingShape { .file }
  /// A text that is not empty.
  static var form: SettingForm { .scalar(.path) }
}

/// The files of the zoo among settings.
enum ZooFile {
  /// The file of a model of the zoo; nil after a problem was reported.
  static func path(_ text: String, at node: Node?, path: String, context: SettingsContext) -> InputPath? {
    do {
      return InputPath(try ModelZoo.path(text))
    } catch {
      context.report(node?.mark ?? .defaults, path: path, "\(error)")
      return nil
    }
  }
}
