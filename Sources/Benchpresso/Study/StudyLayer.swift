import Configuration
import Registry

/// Some settings laid over others: files first, then values by their paths.
struct StudyLayer {
  /// Whole files, in their order.
  private(set) var files: [ConfigurationRequest.Item] = []
  /// Variables, which hold over those of the files.
  private(set) var variables: [ConfigurationRequest.Item] = []
  /// Values by their paths.
  private(set) var values: [ConfigurationRequest.Item] = []

  /// The layer alone.
  var items: [ConfigurationRequest.Item] { files + variables + values }

  /// Returns two layers as one: the files of both, then what both say over them.
  static func + (below: StudyLayer, above: StudyLayer) -> StudyLayer {
    var sum = StudyLayer()
    sum.files = below.files + above.files
    sum.variables = below.variables + above.variables
    sum.values = below.values + above.values
    return sum
  }

  /// Reads a map of a study file: `base` names files, `vars` sets variables, a word of `shorthand` sets the keys it stands for, and every other
  /// key is a dotted path.
  init(_ node: Node, shorthand: [String: [String]], path: String, reader: inout StudyReader) {
    guard !node.isNull else { return }
    guard let fields = node.fields else {
      if let text = node.string, PathText.isConfigurationFile(text) {
        file(text, node.mark, path: path, reader: &reader)
      } else {
        reader.report(node.mark, path, "expected a map of settings or the name of a file, found \(node.summary)")
      }
      return
    }
    for key in ["base", "config"] {
      guard let value = node[key], !value.isNull else { continue }
      for element in value.elements ?? [value] {
        guard let text = element.string, !text.isEmpty else {
          reader.report(element.mark, path == key ? key : "\(path).\(key)", "expected the name of a file, found \(element.summary)")
          continue
        }
        file(text, element.mark, path: path == key ? key : "\(path).\(key)", reader: &reader)
      }
    }
    for field in reader.fields(node["vars"], path: path == "base" ? "vars" : "\(path).vars") {
      variables.append(.option(Override(path: "vars.\(field.key)", node: field.value, mark: Self.mark(field.value.mark))))
    }
    for field in fields where !["base", "config", "vars"].contains(field.key) {
      for target in shorthand[field.key] ?? [field.key] { set(target, field.value) }
    }
  }

  /// Creates a layer of nothing.
  init() {}

  private mutating func set(_ path: String, _ value: Node) {
    values.append(.option(Override(path: path, node: value, mark: Self.mark(value.mark))))
  }

  /// The place of an option that stands in a study file: paths may leave `init_args` out, as on a command line.
  static func mark(_ mark: Mark) -> Mark { Mark(source: source, line: mark.line, column: mark.column) }

  /// Returns a problem at its place in the study file.
  static func inFile(_ problem: Problem, _ path: String) -> Problem {
    guard problem.mark.source == source else { return problem }
    return Problem(
      mark: Mark(source: path, line: problem.mark.line, column: problem.mark.column), path: problem.path, sentence: problem.sentence)
  }

  private static let source = "--study"

  private mutating func file(_ name: String, _ mark: Mark, path: String, reader: inout StudyReader) {
    let whole = PathText.short(PathText.absolute(name, from: reader.folder))
    guard PathText.exists(whole) else {
      reader.report(mark, path, "there is no file '\(whole)' ('\(name)' is taken relative to the study file)")
      return
    }
    files.append(.file(whole))
  }
}
