import SafeFiles

extension ResultsFile {
  /// Returns the file's text: keys sorted, two spaces of indentation, every number with all its digits, a newline at the end.
  ///
  /// The same value gives the same text.
  ///
  /// - Throws: ``ResultsError/notFinite(file:key:)`` for a number that is infinite or not a number.
  public func json(name: String = "results.json") throws(ResultsError) -> [UInt8] {
    try JSONWriting.encode(self, name: name)
  }

  /// Writes the file in one step.
  ///
  /// - Throws: ``ResultsError`` for a number that is not finite and where the system refuses.
  public func write(to path: String) throws(ResultsError) {
    let bytes = try json(name: path)
    do { try AtomicFile.write(bytes, to: path) } catch { throw .file(error) }
  }

  /// Reads a file that ``write(to:)`` wrote.
  ///
  /// - Throws: ``ResultsError`` as ``init(json:name:)`` does, and where the file cannot be read.
  public static func read(_ path: String) throws(ResultsError) -> ResultsFile {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch { throw .file(error) }
    return try ResultsFile(json: bytes, name: path)
  }

  /// Parses a file's bytes.
  ///
  /// - Parameter name: The file's name, for messages.
  /// - Throws: ``ResultsError`` for anything that ``json(name:)`` would not have written: another schema, missing, unknown or wrong keys,
  /// lists that do not
  ///   agree with the points, no points.
  public init(json bytes: [UInt8], name: String) throws(ResultsError) {
    let value: JSONValue = try JSONReading.decode(bytes, name: name)
    guard case .object(let keys) = value else { throw .wrongSchema(file: name, found: nil) }
    guard case .string(let schema)? = keys["schema"] else { throw .wrongSchema(file: name, found: nil) }
    guard schema == Self.schemaName else { throw .wrongSchema(file: name, found: schema) }
    let file: ResultsFile = try JSONReading.decode(bytes, name: name)
    let understood: JSONValue = try JSONReading.decode(try file.json(name: name), name: name)
    let unknown = value.keys(notIn: understood)
    guard unknown.isEmpty else { throw .unknownKeys(file: name, keys: unknown) }
    guard !file.points.isEmpty else { throw .inconsistent(file: name, reason: "it has no rate points") }
    guard file.results == ResultLists(file.points) else {
      throw .inconsistent(file: name, reason: "the lists under 'results' are not the values under 'points'")
    }
    self = file
  }
}
