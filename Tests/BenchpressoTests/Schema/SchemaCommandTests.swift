import Foundation
import Results
import SafeFiles
import SchemaChecking
import Testing

@testable import Benchpresso

/// `schema`, which needs no libtorch.
struct SchemaCommandTests {
  private func run(_ arguments: [String], in folder: TestFolder) throws -> Command.Result {
    var command = Command(["schema"] + arguments, in: folder)
    command.program = try folder.lonelyProgram()
    return try command.run()
  }

  private func json(_ text: String) throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) }

  @Test func printsAndWrites() throws {
    let folder = try TestFolder()
    let printed = try run([], in: folder)
    #expect(printed.status == 0 && printed.messages.isEmpty, "\(printed)")
    #expect(try json(printed.output) == ConfigurationSchemaTests.schema(.experiment))
    let written = try run(["-o", "s.json"], in: folder)
    #expect(written.status == 0 && written.output.isEmpty && written.messages == "wrote s.json\n", "\(written)")
    #expect(String(decoding: try folder.bytes("s.json"), as: UTF8.self) == printed.output)
    let failed = try run(["-o", "nowhere/s.json"], in: folder)
    #expect(failed.status == 1 && failed.messages.contains("nowhere/s.json"), "\(failed)")
  }

  @Test func partsAndCodecs() throws {
    let folder = try TestFolder()
    #expect(try json(run(["--part", "trainer"], in: folder).output) == ConfigurationSchemaTests.schema(.experiment, part: "trainer"))
    #expect(try json(run(["--for", "codec"], in: folder).output) == ConfigurationSchemaTests.schema(.codec))
    let wrong = try run(["--part", "trainr"], in: folder)
    #expect(
      wrong.status == 2 && wrong.messages.contains("did you mean 'trainer'?") && wrong.messages.contains("Sections: model, "), "\(wrong)")
    let neither = try run(["--part", "a", "--for", "results"], in: folder)
    #expect(neither.status == 2 && neither.messages.contains("leave out --for results"), "\(neither)")
  }

  @Test(arguments: ["results", "study", "taxonomy", "timing"])
  func shippedSchemas(name: String) throws {
    let file = try FileBytes.read("\(ConfigurationFilesTests.root)/Schemas/benchpresso.\(name)-1.schema.json")
    let result = try run(["--for", name], in: TestFolder())
    #expect(result.status == 0 && result.output == String(decoding: file, as: UTF8.self), "\(result)")
  }
}
