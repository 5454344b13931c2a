import Configuration

/// What a schema says of a single value; a variable may stand for any.
struct ScalarSchema {
  let fields: [(String, Node)]

  /// - Parameters:
  ///   - more: Further types that are possible.
  ///   - words: What is expected, for the message of an editor.
  init(_ form: ScalarForm, also more: [ScalarForm.Kind], words: String?) {
    guard form != .any else {
      fields = []
      return
    }
    let kinds = (form.kinds + more).filter { $0 != .string }
    let limit: [(String, Node)] = form.minimum.map { [("minimum", Node(.int($0)))] } ?? []
    switch form.texts {
    case .any: fields = [("type", Self.list(form.kinds + more, first: .string))] + limit
    case .none: fields = Self.typed(kinds, pattern: nil, words) + limit
    case .pattern(let pattern): fields = Self.typed(kinds, pattern: pattern, words) + limit
    case .choices(let choices): fields = [("anyOf", Self.alternatives(choices, kinds, limit))]
    }
  }

  private static func typed(_ kinds: [ScalarForm.Kind], pattern: String?, _ words: String?) -> [(String, Node)] {
    let numbers = kinds.contains(.integer) || kinds.contains(.number) ? SchemaBuilder.writtenNumber : nil
    let patterns = [pattern, numbers, SchemaBuilder.variable].compactMap(\.self).joined(separator: "|")
    let message = words.map { [("patternErrorMessage", Node(.string("expected \($0), or a variable such as ${N}")))] } ?? []
    return [("type", list(kinds + [.string], first: kinds.first ?? .string)), ("pattern", Node(.string(patterns)))] + message
  }

  private static func alternatives(_ choices: [String], _ kinds: [ScalarForm.Kind], _ limit: [(String, Node)]) -> Node {
    var choices = choices.map { Node(.string($0)) }
    if kinds.contains(.null) { choices.append(.null) }
    var all: [Node] = [["enum": Node(.list(choices))]]
    let others = kinds.filter { $0 != .null }
    if !others.isEmpty { all.append(.map([("type", list(others, first: others[0]))] + limit)) }
    return Node(.list(all + [["$ref": "#/$defs/variable"]]))
  }

  private static func list(_ kinds: [ScalarForm.Kind], first: ScalarForm.Kind) -> Node {
    var names: [Node] = []
    for kind in [first] + kinds where !names.contains(Node(.string(kind.rawValue))) { names.append(Node(.string(kind.rawValue))) }
    return names.count == 1 ? names[0] : Node(.list(names))
  }
}
