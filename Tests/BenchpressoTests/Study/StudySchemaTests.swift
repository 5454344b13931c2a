import Configuration
import Foundation
import Results
import SafeFiles
import SchemaChecking
import Testing

@testable import Benchpresso

/// The schema that editors check study files with says what the program says.
struct StudySchemaTests {
  private static let root = ConfigurationFilesTests.root

  private func problems(_ text: String) throws -> [String] {
    let schema = try JSONDecoder().decode(
      JSONValue.self, from: Data(FileBytes.read("\(Self.root)/Schemas/benchpresso.study-1.schema.json")))
    return SchemaValidator(root: schema).problems(with: try JSONValue(encoding: ConfigurationFile.parse(text, source: "s.yaml")))
  }

  @Test(arguments: ["nonlinearity", "nonlinearity-small", "smoke"])
  func studiesThatShipFit(name: String) throws {
    #expect(try problems(String(contentsOfFile: "\(Self.root)/studies/\(name).yaml", encoding: .utf8)) == [])
  }

  @Test func everyKeyThatTheProgramKnowsIsInIt() throws {
    #expect(try problems(TinyStudy.study) == [])
    let keys = StudyFile.keys.map { "\($0): null" }.joined(separator: "\n") + "\n"
    #expect(try !problems(keys).contains { $0.contains("is not allowed") })
  }

  @Test(arguments: [
    ("variation: {}", "$: 'variation' is not allowed"), ("stages: [train]", "$.stages[0]: not one of the choices"),
    ("compare: {method: spline}", "$.compare.method: not one of the choices"), ("seeds: []", "$.seeds: fewer than 1 items"),
  ])
  func mistakesAreSeen(line: String, problem: String) throws {
    #expect(try problems("study: s\n\(line)\n") == [problem])
  }
}
