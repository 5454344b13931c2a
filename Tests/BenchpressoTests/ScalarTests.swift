import Configuration
import Registry
import Testing

@testable import Benchpresso

/// What texts mean for settings of each type, in files and as options.
struct ScalarTests {
  /// The text and its value as a number, an integer, a truth value and a text; nil where it is refused.
  struct Row: Sendable {
    let text: String
    var double: String?
    var int: String?
    var bool: String?
    var string: String?
  }

  static let rows: [Row] = [
    Row(text: "1e-6", double: "1e-06", string: "1e-6"), Row(text: "1E-6", double: "1e-06", string: "1E-6"),
    Row(text: "1.e-6", double: "1e-06", string: "1.e-6"),
    Row(text: "1e3", double: "1000.0", int: "1000", string: "1e3"), Row(text: "1e6", double: "1000000.0", int: "1000000", string: "1e6"),
    Row(text: "3.0", double: "3.0", int: "3", string: "3.0"), Row(text: "1_000", double: "1000.0", int: "1000", string: "1_000"),
    Row(text: "017", double: "17.0", int: "17", string: "017"),
    Row(text: "0o17", double: "15.0", int: "15", string: "0o17"), Row(text: "0x1f", double: "31.0", int: "31", string: "0x1f"),
    Row(text: "12:30:45", string: "12:30:45"),
    Row(text: "yes", string: "yes"), Row(text: "on", string: "on"), Row(text: "True", bool: "true", string: "True"),
    Row(text: "true", bool: "true", string: "true"),
    Row(text: "FALSE", bool: "false", string: "FALSE"), Row(text: "1", double: "1.0", int: "1", string: "1"),
    Row(text: "tRue", string: "tRue"), Row(text: "nan", string: "nan"),
    Row(text: "none", string: "none"), Row(text: "null"), Row(text: "~"), Row(text: "'3'", string: "3"),
    Row(text: "'true'", string: "true"), Row(text: "2024-01-01", string: "2024-01-01"),
    Row(text: "1.5", double: "1.5", string: "1.5"), Row(text: "a b", string: "a b"), Row(text: "[1]"), Row(text: "{a: 1}"),
    Row(text: "1e99", double: "1e+99", string: "1e99"),
  ]

  @Test(arguments: rows)
  func values(row: Row) throws {
    #expect(try read("optimizer.init_args.lr", row.text) == row.double)
    #expect(try read("trainer.min_steps", row.text) == row.int)
    #expect(try read("trainer.enable_progress_bar", row.text) == row.bool)
    #expect(try read("description", row.text) == row.string)
  }

  /// The resolved value of a setting, the same from a file and from an option; nil where it is refused.
  private func read(_ path: String, _ text: String) throws -> String? {
    let catalogue = try BuiltIn.catalogue()
    let folder = try TestFolder()
    let lines = path.split(separator: ".").enumerated().map { String(repeating: "  ", count: $0) + $1 + ":" }
    try folder.add("a.yaml", "\(lines.joined(separator: "\n")) \(text)\n")
    func value(_ file: ExperimentFile?) -> String? { file?.tree.node(at: path).map { $0.string ?? Difference.text($0) } }
    let inFile = value(try? ExperimentFile(paths: ["\(folder.path)/a.yaml"], catalogue: catalogue))
    let typed = value(try? ExperimentFile(paths: [], overrides: [Override(path: path, value: text)], catalogue: catalogue))
    #expect(inFile == typed, "\(path): \(text)")
    return inFile
  }

  @Test(arguments: [
    ("trainer.max_epochs", "null", true), ("trainer.max_steps", "null", false), ("trainer.gradient_clip_val", "null", true),
    ("model", "null", false), ("data.transform", "null", true),
    ("optimizer.lr", "~", false), ("model.entropy_bottleneck", "null", true), ("model.encoder", "null", false),
    ("trainer.logger", "null", true), ("ckpt_path", "null", true),
  ])
  func nullIsOnlyForOptionals(path: String, text: String, isPossible: Bool) throws {
    let catalogue = try BuiltIn.catalogue()
    let file = try? ExperimentFile(paths: [], overrides: [Override(path: path, value: text)], catalogue: catalogue)
    #expect((file != nil) == isPossible)
  }
}
