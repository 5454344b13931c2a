import Foundation
import Results
import Testing

/// The Python package jsonschema, where it is found: a validator by others.
enum PythonValidator {
  /// `JSONSCHEMA_PYTHON`, or else a python3 that has the package.
  static let python: String? = {
    let named = ProcessInfo.processInfo.environment["JSONSCHEMA_PYTHON"]
    return [named, "python3"].compactMap(\.self).first { python in
      !python.isEmpty && (try? run(python, ["-c", "from jsonschema import Draft202012Validator"])) != nil
    }
  }()

  static let hint: Comment = "neither JSONSCHEMA_PYTHON nor python3 has the package jsonschema; see scripts/setup-test-tools"

  /// An error with its place: `["$.name", "type"]`.
  typealias Found = [String]

  /// Returns the errors of each value.
  static func errors(of values: [JSONValue], schema: JSONValue) throws -> [[Found]] {
    let folder = try TestFolder()
    let content = JSONValue.object(["schema": schema, "values": .array(values)])
    try folder.add("case.json", bytes: [UInt8](try JSONEncoder().encode(content)))
    let script = ConfigurationFilesTests.root + "/Tests/Fixtures/schema/validate.py"
    let output = try run(try #require(python), [script, "\(folder.path)/case.json"])
    return try JSONDecoder().decode([[Found]].self, from: Data(output.utf8))
  }

  private struct Failed: Error { let output: String }

  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(output: output) }
    return output
  }
}
