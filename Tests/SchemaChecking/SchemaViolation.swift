/// Something that a schema refuses.
public struct SchemaViolation: Equatable {
  /// The place of the value: `$.trainer.callbacks[0]`.
  public let path: String
  /// The keyword of the schema that refuses it: `type`.
  public let keyword: String
  /// What is wrong.
  public let sentence: String
  /// Why no alternative of an `anyOf` fits.
  public var causes: [SchemaViolation] = []

  /// Itself and its causes, and theirs.
  public var all: [SchemaViolation] { [self] + causes.flatMap(\.all) }
}
