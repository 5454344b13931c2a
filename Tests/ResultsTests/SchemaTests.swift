import Results
import SafeFiles
import SchemaChecking
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct SchemaTests {
  static func schema() throws -> SchemaValidator {
    let bytes = try FileBytes.read(Fixtures.repository + "Schemas/benchpresso.results-1.schema.json")
    return SchemaValidator(root: try JSONDecoder().decode(JSONValue.self, from: Data(bytes)))
  }

  @Test(arguments: [Samples.full, Samples.nulls, Samples.measured, Samples.classical])
  func acceptsWhatIsWritten(_ file: ResultsFile) throws {
    #expect(try Self.schema().problems(with: try JSONValue(encoding: file)) == [])
  }

  /// Path of a value, what is put there (nil removes it), and what the validator must say.
  static let damages: [([String], JSONValue?, String)] = [
    (["schema"], .string("x"), "$.schema: not the constant"),
    (["environment", "seed"], nil, "$.environment: 'seed' is missing"),
    (["environment", "more"], .null, "$.environment: 'more' is not allowed"),
    (["environment", "threads"], .integer(0), "$.environment.threads: below 1"),
    (["environment", "codec_versions", "x"], .integer(1), "$.environment.codec_versions.x: wrong type"),
    (["points"], .array([]), "$.points: fewer than 1 items"),
    (["results", "bpp"], .array([.null]), "$.results.bpp[0]: wrong type"),
    (["results", "ms-ssim-rgb"], .array([.number(1.5)]), "$.results.ms-ssim-rgb[0]: above 1"),
    (["model", "class_path"], .null, "$.model.class_path: wrong type"),
    (["points"], .array([.integer(1)]), "$.points[0]: wrong type"),
  ]

  @Test(arguments: damages)
  func refusesDamage(_ path: [String], _ value: JSONValue?, _ problem: String) throws {
    let damaged = Self.setting(path[...], to: value, in: try JSONValue(encoding: Samples.full))
    #expect(try Self.schema().problems(with: damaged) == [problem])
  }

  private static func setting(_ path: ArraySlice<String>, to value: JSONValue?, in json: JSONValue) -> JSONValue {
    guard let key = path.first, case .object(var keys) = json else { return json }
    keys[key] = path.count == 1 ? value : setting(path.dropFirst(), to: value, in: keys[key] ?? .null)
    return .object(keys)
  }
}
