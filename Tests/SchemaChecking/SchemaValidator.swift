public import Results

/// The part of JSON Schema (draft 2020-12) that the schemas use; any other keyword is a problem, so that no schema can outgrow its test.
public struct SchemaValidator {
  /// The schema.
  public let root: JSONValue
  private let patterns = Patterns()

  /// Creates a validator for a schema.
  public init(root: JSONValue) { self.root = root }

  /// Returns what is wrong with a value, each with its place.
  public func problems(with value: JSONValue) -> [String] { violations(of: value).map { "\($0.path): \($0.sentence)" } }

  /// Returns what is wrong with a value.
  public func violations(of value: JSONValue) -> [SchemaViolation] { violations(of: value, against: root, at: "$") }

  private static let annotations: Set<String> = [
    "$schema", "$defs", "title", "description", "format", "default", "examples", "patternErrorMessage",
  ]

  private func violations(of value: JSONValue, against schema: JSONValue, at path: String) -> [SchemaViolation] {
    guard case .object(let keywords) = schema else {
      return schema == .bool(true) ? [] : [SchemaViolation(path: path, keyword: "false", sentence: "the schema takes nothing here")]
    }
    if let type = keywords["type"], !Self.matches(value, type) {
      return [SchemaViolation(path: path, keyword: "type", sentence: "wrong type")]
    }
    return keywords.sorted { $0.key < $1.key }.flatMap { keyword, argument -> [SchemaViolation] in
      func refused(_ sentence: String) -> [SchemaViolation] { [SchemaViolation(path: path, keyword: keyword, sentence: sentence)] }
      func against(_ schema: JSONValue) -> [SchemaViolation] { violations(of: value, against: schema, at: path) }
      switch (keyword, argument) {
      case ("$ref", .string(let name)): return resolve(name).map(against) ?? refused("no '\(name)'")
      case ("anyOf", .array(let choices)):
        let all = choices.map(against)
        return all.contains([])
          ? [] : [SchemaViolation(path: path, keyword: keyword, sentence: "no alternative fits", causes: all.flatMap(\.self))]
      case ("allOf", .array(let parts)): return parts.flatMap(against)
      case ("if", _): return keywords[against(argument).isEmpty ? "then" : "else"].map(against) ?? []
      case ("enum", .array(let choices)): return choices.contains(value) ? [] : refused("not one of the choices")
      case ("const", _): return value == argument ? [] : refused("not the constant")
      case ("minimum", .integer(let limit)):
        return (Self.number(value) ?? Double(limit)) < Double(limit) ? refused("below \(limit)") : []
      case ("maximum", .integer(let limit)):
        return (Self.number(value) ?? Double(limit)) > Double(limit) ? refused("above \(limit)") : []
      case ("pattern", .string(let pattern)):
        guard case .string(let text) = value else { return [] }
        return patterns.finds(pattern, in: text) ? [] : refused("not of the pattern")
      case ("minItems", .integer(let count)): return Self.items(value).count < count ? refused("fewer than \(count) items") : []
      case ("items", _):
        return Self.items(value).enumerated().flatMap { violations(of: $0.element, against: argument, at: "\(path)[\($0.offset)]") }
      case ("required", .array(let names)):
        guard case .object = value else { return [] }
        return names.filter { member(value, $0) == nil }.flatMap { refused("'\(Self.text($0))' is missing") }
      case ("properties", .object(let properties)):
        return properties.sorted { $0.key < $1.key }.flatMap { name, inner in
          member(value, .string(name)).map { violations(of: $0, against: inner, at: "\(path).\(name)") } ?? []
        }
      case ("additionalProperties", _): return additional(value, keywords["properties"], argument, path)
      case ("type", _), ("then", _), ("else", _): return []
      default:
        return Self.annotations.contains(keyword) ? [] : refused("the schema uses '\(keyword)', which this test does not check")
      }
    }
  }

  private func additional(_ value: JSONValue, _ properties: JSONValue?, _ rule: JSONValue, _ path: String) -> [SchemaViolation] {
    guard case .object(let members) = value else { return [] }
    var known: [String: JSONValue] = [:]
    if case .object(let names)? = properties { known = names }
    return members.filter { known[$0.key] == nil }.sorted { $0.key < $1.key }.flatMap { name, inner in
      rule == .bool(false)
        ? [SchemaViolation(path: path, keyword: "additionalProperties", sentence: "'\(name)' is not allowed")]
        : violations(of: inner, against: rule, at: "\(path).\(name)")
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
    case (.number(let number), "integer"): return number == number.rounded()
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

/// Regular expressions that were made once.
private final class Patterns {
  private var made: [String: Regex<AnyRegexOutput>] = [:]

  /// Whether the pattern is found; one that is none finds nothing.
  func finds(_ pattern: String, in text: String) -> Bool {
    if made[pattern] == nil { made[pattern] = try? Regex(pattern) }
    return made[pattern].flatMap { try? $0.firstMatch(in: text) } != nil
  }
}
