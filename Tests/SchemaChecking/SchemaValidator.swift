public import Results

/// The part of JSON Schema (draft 2020-12) that the shipped schemas use; any other keyword is a problem, so that no schema can outgrow
/// its test.
public struct SchemaValidator {
  /// The schema.
  public let root: JSONValue

  /// Creates a validator for a schema.
  public init(root: JSONValue) { self.root = root }

  /// Returns what is wrong with a value, each with its place.
  public func problems(with value: JSONValue) -> [String] { problems(with: value, against: root, at: "$") }

  private static let annotations: Set<String> = ["$schema", "$defs", "title", "description", "format"]

  private func problems(with value: JSONValue, against schema: JSONValue, at path: String) -> [String] {
    guard case .object(let keywords) = schema else { return ["\(path): the schema is not an object"] }
    if let type = keywords["type"], !Self.matches(value, type) { return ["\(path): wrong type"] }
    return keywords.sorted { $0.key < $1.key }.flatMap { keyword, argument -> [String] in
      switch (keyword, argument) {
      case ("$ref", .string(let name)): resolve(name).map { problems(with: value, against: $0, at: path) } ?? ["\(path): no '\(name)'"]
      case ("anyOf", .array(let choices)):
        choices.contains { problems(with: value, against: $0, at: path).isEmpty } ? [] : ["\(path): no alternative fits"]
      case ("enum", .array(let choices)): choices.contains(value) ? [] : ["\(path): not one of the choices"]
      case ("const", _): value == argument ? [] : ["\(path): not the constant"]
      case ("minimum", .integer(let limit)): (Self.number(value) ?? Double(limit)) < Double(limit) ? ["\(path): below \(limit)"] : []
      case ("maximum", .integer(let limit)): (Self.number(value) ?? Double(limit)) > Double(limit) ? ["\(path): above \(limit)"] : []
      case ("minItems", .integer(let count)): Self.items(value).count < count ? ["\(path): fewer than \(count) items"] : []
      case ("items", _):
        Self.items(value).enumerated().flatMap { problems(with: $0.element, against: argument, at: "\(path)[\($0.offset)]") }
      case ("required", .array(let names)): names.filter { member(value, $0) == nil }.map { "\(path): '\(Self.text($0))' is missing" }
      case ("properties", .object(let properties)):
        properties.sorted { $0.key < $1.key }.flatMap { name, inner in
          member(value, .string(name)).map { problems(with: $0, against: inner, at: "\(path).\(name)") } ?? []
        }
      case ("additionalProperties", _): additional(value, keywords["properties"], argument, path)
      case ("type", _): []
      default: Self.annotations.contains(keyword) ? [] : ["the schema uses '\(keyword)', which this test does not check"]
      }
    }
  }

  private func additional(_ value: JSONValue, _ properties: JSONValue?, _ rule: JSONValue, _ path: String) -> [String] {
    guard case .object(let members) = value else { return [] }
    var known: [String: JSONValue] = [:]
    if case .object(let names)? = properties { known = names }
    return members.filter { known[$0.key] == nil }.sorted { $0.key < $1.key }.flatMap { name, inner in
      rule == .bool(false) ? ["\(path): '\(name)' is not allowed"] : problems(with: inner, against: rule, at: "\(path).\(name)")
    }
  }

  private func resolve(_ reference: String) -> JSONValue? {
    reference.split(separator: "/").dropFirst().reduce(Optional(root)) { schema, name in
      schema.flatMap { member($0, .string(String(name))) }
    }
  }

  private func member(_ value: JSONValue, _ name: JSONValue) -> JSONValue? {
    guard case .object(let members) = value else { return nil }
    return members[Self.text(name)]
  }

  private static func matches(_ value: JSONValue, _ type: JSONValue) -> Bool {
    if case .array(let types) = type { return types.contains { matches(value, $0) } }
    switch (value, text(type)) {
    case (.null, "null"), (.bool, "boolean"), (.string, "string"), (.array, "array"), (.object, "object"): return true
    case (.integer, "integer"), (.integer, "number"), (.number, "number"): return true
    default: return false
    }
  }

  private static func text(_ value: JSONValue) -> String {
    if case .string(let text) = value { text } else { "" }
  }

  private static func items(_ value: JSONValue) -> [JSONValue] {
    if case .array(let items) = value { items } else { [] }
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
