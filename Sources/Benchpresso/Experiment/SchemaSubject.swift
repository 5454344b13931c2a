import ArgumentParser
import CSchemas
import Registry

/// A kind of file that has a schema.
enum SchemaSubject: String, ExpressibleByArgument, CaseIterable {
  /// A configuration of the stages of an experiment.
  case experiment
  /// A configuration of `benchpresso codec`.
  case codec
  /// A study file.
  case study
  /// What `test`, `codec` and others write.
  case results
  /// The taxonomy.
  case taxonomy
  /// What `measure` writes.
  case timing

  /// The schema that is made from the types of settings and the components; nil for the others.
  func configuration(_ catalogue: Catalogue) -> ConfigurationSchema? {
    switch self {
    case .experiment: ConfigurationSchema(of: Experiment.self, title: "Benchpresso experiment", catalogue: catalogue)
    case .codec: ConfigurationSchema(of: CodecStudy.self, title: "Benchpresso codec", catalogue: catalogue)
    case .study, .results, .taxonomy, .timing: nil
    }
  }

  /// The schema of the folder `Schemas`, as it was when the program was built.
  ///
  /// - Throws: `UsageError` for a kind whose schema is made.
  func shipped() throws -> String {
    var size = 0
    guard let bytes = bp_schema(rawValue, &size) else { throw UsageError.needs("there is no shipped schema of \(rawValue)") }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: size), as: UTF8.self).trimmingLastNewline
  }
}
