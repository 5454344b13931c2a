/// What may be written where a setting takes a single value, as far as a JSON Schema can say it.
public struct ScalarForm: Sendable, Equatable {
  /// A type of JSON.
  public enum Kind: String, Sendable {
    /// Nothing.
    case null
    /// True or false.
    case boolean
    /// A whole number, also `3.0`.
    case integer
    /// Any number.
    case number
    /// A text.
    case string
  }

  /// Which texts are possible.
  public enum Texts: Sendable, Equatable {
    /// None.
    case none
    /// Any.
    case any
    /// Those that are listed.
    case choices([String])
    /// Those in which a regular expression of ECMA-262 finds something.
    case pattern(String)
  }

  /// The possible types, the usual one first; the texts among them are told apart by ``texts``.
  public let kinds: [Kind]
  /// The possible texts.
  public let texts: Texts
  /// The smallest number; nil for no limit.
  public let minimum: Int?

  /// Creates a form; without types and texts there is no value that fits.
  public init(_ kinds: [Kind] = [], texts: Texts = .none, minimum: Int? = nil) {
    self.kinds = kinds
    self.texts = texts
    self.minimum = minimum
  }

  /// Any value.
  public static let any = ScalarForm([.string, .number, .boolean, .null], texts: .any)

  /// A text; numbers and truth values are read as they are written.
  public static let text = ScalarForm([.string, .number, .boolean], texts: .any)

  /// A text that is not empty.
  public static let path = ScalarForm([.string, .number, .boolean], texts: .pattern("."))
}
