/// There is no null literal: it would turn a missing `Node?` into a null one without a word; write `.null`.
extension Node: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// Creates a truth value.
  public init(booleanLiteral value: Bool) { self.init(.bool(value)) }
  /// Creates a whole number.
  public init(integerLiteral value: Int) { self.init(.int(value)) }
  /// Creates a number.
  public init(floatLiteral value: Double) { self.init(.double(value)) }
  /// Creates a text.
  public init(stringLiteral value: String) { self.init(.string(value)) }
  /// Creates a list.
  public init(arrayLiteral elements: Node...) { self.init(.list(elements)) }
  /// The keys of a map literal.
  public typealias Key = String
  /// The values of a map literal.
  public typealias Value = Node
  /// The elements of a list literal.
  public typealias ArrayLiteralElement = Node

  /// Creates a map; the keys must be unique.
  public init(dictionaryLiteral elements: (String, Node)...) { self = .map(elements) }
}
