import Results
import SafeFiles
import SchemaChecking

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files behind the taxonomy, as they lie in the repository.
enum TaxonomyFiles {
  static let repository = String(#filePath.dropLast("Tests/TaxonomyTests/TaxonomyFiles.swift".count))

  static func json(_ path: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(try FileBytes.read(repository + path)))
  }

  static var taxonomy: JSONValue { get throws { try json("Sources/CTaxonomy/taxonomy.json") } }
  static var bibliography: JSONValue { get throws { try json("Sources/CTaxonomy/bibliography.json") } }

  /// The schema of the taxonomy, or of another of its definitions.
  static func schema(definition: String = "file") throws -> SchemaValidator {
    guard case .object(var root) = try json("Schemas/benchpresso.taxonomy-1.schema.json") else { return SchemaValidator(root: .null) }
    root["$ref"] = .string("#/$defs/\(definition)")
    return SchemaValidator(root: .object(root))
  }
}
