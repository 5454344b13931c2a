public import SafeFiles

/// Why a results file could not be written or read.
public enum ResultsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The system refused to read or write the file.
  case file(FileError)
  /// The bytes are not JSON.
  case notJSON(file: String, reason: String)
  /// The file has another form than ``ResultsFile/schemaName``; `found` is nil where it names none.
  case wrongSchema(file: String, found: String?)
  /// A key that must be there is not.
  case missingKey(file: String, key: String)
  /// A value is of the wrong kind.
  case wrongValue(file: String, key: String, expected: String)
  /// Keys that the file form does not have.
  case unknownKeys(file: String, keys: [String])
  /// The lists and the points of one file do not agree, or the file has no points.
  case inconsistent(file: String, reason: String)
  /// A number that JSON cannot hold.
  case notFinite(file: String, key: String)

  /// One sentence with the file, the place in it and the remedy.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .notJSON(let file, let reason): "'\(file)' is not valid JSON: \(reason); write it again with 'benchpresso test'"
    case .wrongSchema(let file, let found?):
      "'\(file)' has the schema '\(found)', but this version reads '\(ResultsFile.schemaName)'; measure again or use the version that wrote it"
    case .wrongSchema(let file, nil):
      "'\(file)' is not a Benchpresso results file: it has no 'schema'; expected '\(ResultsFile.schemaName)'"
    case .missingKey(let file, let key): "'\(file)' lacks '\(key)'; the file was cut or edited, write it again"
    case .wrongValue(let file, let key, let expected): "'\(file)': '\(key)' must be \(expected)"
    case .unknownKeys(let file, let keys):
      "'\(file)' has keys that '\(ResultsFile.schemaName)' does not: \(keys.map { "'\($0)'" }.joined(separator: ", ")); remove them"
    case .inconsistent(let file, let reason): "'\(file)' contradicts itself: \(reason); write it again"
    case .notFinite(let file, let key):
      "cannot write '\(file)': '\(key)' is not a finite number, and JSON has no other; use null and a note"
    }
  }
}
