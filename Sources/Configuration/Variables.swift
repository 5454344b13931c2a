#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The variables of a configuration: `vars: {N: 128}` at the top, `${N}` anywhere else.
///
/// They are substituted after all files and options are merged, so that `--vars.N 192` changes every place. `${env:NAME}` takes an
/// environment variable, `$${` stands for `${`. A value that consists of one variable takes its type too.
public struct Variables {
  private let values: Node
  private var problems: [Problem] = []
  private var used: Set<String> = []
  /// How much the variables have put in so far, in values and characters, and how deep the current place lies.
  private var size = 0
  private var depth = 0

  /// Variables in variables can mean an enormous tree; no real configuration comes near these.
  static let largestSize = 1_000_000
  static let largestDepth = 2 * YAMLReader.largestDepth

  private init(_ values: Node) { self.values = values }

  /// Returns the tree without `vars` and with all variables substituted.
  ///
  /// - Parameter problems: Where unknown variables, variables that contain themselves, and typed variables that nothing uses are added.
  public static func substituted(in tree: Node, problems: inout [Problem]) -> Node {
    let vars = tree["vars"] ?? .null
    var rest = tree
    rest["vars"] = nil
    guard vars.fields != nil || vars.isNull else {
      problems.append(Problem(mark: vars.mark, path: "vars", sentence: "expected a map such as {N: 128, M: 192}, found \(vars.summary)"))
      return rest
    }
    var variables = Variables(vars)
    let result = variables.substitute(in: rest, path: "", within: [])
    for field in vars.fields ?? [] where field.value.mark.isCommandLine && !variables.used.contains(field.key) {
      let names = variables.used.sorted()
      let list = names.isEmpty ? "no ${…} is used in this configuration" : "used here: \(names.joined(separator: ", "))"
      let sentence = "nothing uses ${\(field.key)}\(NearMatch.question(for: field.key, among: names, then: list))"
      variables.report(field.value.mark, "vars.\(field.key)", sentence)
    }
    problems += variables.problems
    return result
  }

  /// Returns the tree with every `${` written so that substitution leaves it as it is.
  public static func escaped(_ node: Node) -> Node {
    var node = node
    switch node.value {
    case .map(let fields):
      node.value = .map(fields.map { Node.Field(key: $0.key, mark: $0.mark, value: escaped($0.value)) })
    case .list(let elements): node.value = .list(elements.map { escaped($0) })
    case .string(let text) where text.contains("${"): node.value = .string(text.replacing("${", with: "$${"))
    case .string, .null, .bool, .int, .double: break
    }
    return node
  }

  /// The names of the variables in a text, without those of the environment.
  public static func names(in text: String) -> [String] {
    parts(of: text)?.compactMap { if case .variable(let name) = $0, !name.hasPrefix("env:") { name } else { nil } } ?? []
  }

  private mutating func report(_ mark: Mark, _ path: String, _ sentence: String) {
    problems.append(Problem(mark: mark, path: path, sentence: sentence))
  }

  private mutating func substitute(in node: Node, path: String, within: [String]) -> Node {
    var node = node
    depth += 1
    defer { depth -= 1 }
    switch node.value {
    case .map(let fields):
      node.value = .map(
        fields.map { field in
          var field = field
          field.value = substitute(in: field.value, path: KeySpelling.path(path, field.key), within: within)
          return field
        })
    case .list(let elements):
      node.value = .list(elements.enumerated().map { substitute(in: $1, path: "\(path)[\($0)]", within: within) })
    case .string(let text) where text.contains("${"): return substitute(text, of: node, path: path, within: within)
    case .string, .null, .bool, .int, .double: break
    }
    return node
  }

  private mutating func substitute(_ text: String, of node: Node, path: String, within: [String]) -> Node {
    guard let parts = Self.parts(of: text) else {
      report(node.mark, path, "a '${' without its '}'; write '$${' for the characters themselves")
      return node
    }
    if parts.count == 1, case .variable(let name) = parts[0] {
      guard var value = value(of: name, at: node.mark, path: path, within: within) else { return node }
      value.mark = node.mark
      return value
    }
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .variable(let name):
        guard let value = value(of: name, at: node.mark, path: path, within: within) else { return node }
        guard case .success(let text) = String.read(value) else {
          report(node.mark, path, "${\(name)} is \(value.summary) and cannot stand inside a text")
          return node
        }
        result += text
      }
    }
    return Node(.string(result), mark: node.mark)
  }

  private mutating func value(of name: String, at mark: Mark, path: String, within: [String]) -> Node? {
    if name.hasPrefix("env:") {
      let variable = String(name.dropFirst(4))
      guard let text = getenv(variable).map({ String(cString: $0) }) else {
        report(mark, path, "the environment variable '\(variable)' is not set; set it, or write a value in place of ${\(name)}")
        return nil
      }
      do {
        return try Node(yaml: text, mark: mark)
      } catch {
        let sentence = error.problems.first?.sentence ?? ""
        report(mark, path, "the environment variable '\(variable)' holds a value that cannot be read: \(sentence)")
        return nil
      }
    }
    used.insert(name)
    guard !within.contains(name) else {
      report(mark, path, "the variable \((within + [name]).map { "${\($0)}" }.joined(separator: " → ")) contains itself")
      return nil
    }
    guard size <= Self.largestSize, depth <= Self.largestDepth else {
      if problems.last?.sentence != Self.tooMuch { report(mark, path, Self.tooMuch) }
      return nil
    }
    guard let value = values[name] else {
      let names = values.fields?.map(\.key) ?? []
      let list =
        names.isEmpty
        ? "no variables are declared; declare it at the top with 'vars: {\(name): …}'" : "declared: \(names.joined(separator: ", "))"
      report(mark, path, "there is no variable ${\(name)}\(NearMatch.question(for: name, among: names, then: list))")
      return nil
    }
    let result = substitute(in: value, path: "vars.\(name)", within: within + [name])
    size += Self.size(of: result)
    return result
  }

  private static let tooMuch = "variables within variables hold too much here; write the values down"

  private static func size(of node: Node) -> Int {
    let parts = (node.fields?.map(\.value) ?? node.elements ?? []).reduce(0) { $0 + size(of: $1) }
    return 1 + (node.string?.utf8.count ?? 0) + parts
  }

  private enum Part {
    case text(String)
    case variable(String)
  }

  /// The texts and variables that a text consists of; nil when a variable has no end.
  private static func parts(of text: String) -> [Part]? {
    var parts: [Part] = []
    var plain = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      plain += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        plain += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        guard let end = rest.firstIndex(of: "}") else { return nil }
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.variable(rest[rest.index(rest.startIndex, offsetBy: 2)..<end].filter { $0 != " " }))
        rest = rest[rest.index(after: end)...]
      } else {
        plain += "$"
        rest = rest.dropFirst()
      }
    }
    plain += rest
    if !plain.isEmpty || parts.isEmpty { parts.append(.text(plain)) }
    return parts
  }
}
