import Configuration

/// Makes the parts of a schema and remembers which kinds of components they name.
///
/// Alternatives are told apart by `type`, and by `if` and `then`, and not by `anyOf`: validators then name the place and the keyword of a
/// mistake, and editors complete what fits the class that is written.
struct SchemaBuilder {
  let catalogue: Catalogue
  /// The kinds that are named, in the order met.
  private var kinds: [String] = []

  init(catalogue: Catalogue) { self.catalogue = catalogue }

  typealias Fields = [(String, Node)]

  /// What `${…}` looks like; `$${` stands for the characters.
  static let variable = #"(^|[^$])\$\{[^}]+\}"#
  /// A variable, or a file that stands for a map.
  static let variableOrFile = variable + #"|.\.(yaml|yml|json)$"#
  /// Numbers that readers of YAML 1.1 or 1.2 take for texts: `1e-3`, `1_000`, `0o17`.
  static let writtenNumber = #"^[-+]?[0-9.][0-9_.]*[eE][-+]?[0-9]+$|^[-+]?[0-9][0-9.]*_[0-9_.]*$|^0[ox][0-9A-Fa-f]+$"#

  /// Returns the definitions that all parts so far refer to.
  mutating func definitions() -> Node {
    let variable: Node = [
      "description": "A variable of the configuration or the environment.", "type": "string", "pattern": Node(.string(Self.variable)),
    ]
    var fields: Fields = [("variable", variable)]
    // Arguments name further kinds.
    var index = 0
    while index < kinds.count {
      fields += ComponentSchema(kind: kinds[index], catalogue: catalogue).definitions(&self)
      index += 1
    }
    return .map(fields)
  }

  /// Returns the properties of the settings directly below a dotted path; of lists those, too, that append to them.
  mutating func properties(of settings: [SettingDescription], below path: String) -> Fields {
    var fields: Fields = []
    for setting in settings where setting.key.hasPrefix(path) && !setting.key.dropFirst(path.count).contains(".") {
      let name = String(setting.key.dropFirst(path.count))
      fields.append((name, .map(property(setting, among: settings))))
      guard let element = setting.form.element else { continue }
      let description: (String, Node) = ("description", Node(.string("Appends to \(name). \(setting.documentation)")))
      fields.append(("\(name)+", .map([description] + oneOrSeveral(element))))
    }
    return fields
  }

  /// Returns what a schema says of a setting.
  mutating func property(_ setting: SettingDescription, among settings: [SettingDescription]) -> Fields {
    var fields: Fields = []
    if !setting.documentation.isEmpty { fields.append(("description", Node(.string(setting.documentation)))) }
    if setting.shape != .settings { fields.append(("default", Self.shortened(setting.defaultValue, isPath: setting.shape == .file))) }
    let nulls: [ScalarForm.Kind] = setting.isOptional ? [.null] : []
    guard case .settings = setting.form else { return fields + schema(setting.form, also: nulls, words: setting.type) }
    return fields + map(properties(of: settings, below: setting.key + "."), also: nulls)
  }

  /// Returns what a schema says of a form of values, which may also have other types.
  mutating func schema(_ form: SettingForm, also more: [ScalarForm.Kind] = [], words: String? = nil) -> Fields {
    switch form {
    case .scalar(let scalar): return ScalarSchema(scalar, also: more, words: words).fields
    case .either(let scalar, let other): return schema(other, also: more + scalar.kinds, words: words)
    case .component(let kind): return [("type", types(["string", "object"], more)), ("$ref", reference(kind))]
    case .settings(let settings): return map(properties(of: settings, below: ""), also: more)
    case .list(let element): return list(of: element, also: more)
    case .dictionary(let element):
      return [
        ("type", types(["object", "string"], more)), ("additionalProperties", .map(schema(element))),
        ("pattern", Node(.string(Self.variableOrFile))),
      ]
    }
  }

  /// Returns what a schema says of a map with known keys.
  private func map(_ properties: Fields, also more: [ScalarForm.Kind]) -> Fields {
    [
      ("type", types(["object", "string"], more)), ("properties", .map(properties)), ("additionalProperties", false),
      ("pattern", Node(.string(Self.variableOrFile))),
    ]
  }

  private mutating func list(of element: SettingForm, also more: [ScalarForm.Kind]) -> Fields {
    if case .component = element { return oneOrSeveral(element, also: more) }
    let pattern = element.takesMap ? Self.variableOrFile : Self.variable
    return [
      ("type", types(["array", "string"], more)), ("items", .map(schema(element))), ("pattern", Node(.string(pattern))),
    ]
  }

  /// A list, or one element that stands for a list of one.
  private mutating func oneOrSeveral(_ element: SettingForm, also more: [ScalarForm.Kind] = []) -> Fields {
    guard case .component(let kind) = element else {
      let one = Node.map(schema(element))
      return [("if", ["type": "array"]), ("then", ["items": one]), ("else", one)]
    }
    // What is neither a text nor a map passes the definition of a kind, so that the type alone decides.
    let one = Node.map(schema(element))
    return [
      ("type", types(["array", "object", "string"], more)), ("if", ["type": "array"]), ("then", ["items": one]),
      ("else", ["$ref": reference(kind)]),
    ]
  }

  private mutating func reference(_ kind: String) -> Node {
    if !kinds.contains(kind) { kinds.append(kind) }
    return Node(.string("#/$defs/\(ComponentSchema.name(kind))"))
  }

  private func types(_ names: [String], _ more: [ScalarForm.Kind]) -> Node {
    Node(.list((names + more.map(\.rawValue).filter { !names.contains($0) }).map { Node(.string($0)) }))
  }

  /// A default as a person would write it: paths from the working directory, components without arguments by their class path alone.
  private static func shortened(_ value: Node, isPath: Bool) -> Node {
    if isPath, let path = value.string { return Node(.string(PathText.short(path))) }
    if let elements = value.elements { return Node(.list(elements.map { shortened($0, isPath: isPath) })) }
    guard let classPath = value["class_path"], value["init_args"]?.fields?.isEmpty ?? true else { return value }
    return classPath
  }
}

extension SettingForm {
  /// What a list holds; nil for anything else.
  fileprivate var element: SettingForm? {
    switch self {
    case .list(let element): element
    case .either(_, let other): other.element
    case .scalar, .component, .settings, .dictionary: nil
    }
  }

  fileprivate var takesMap: Bool {
    switch self {
    case .component, .settings, .dictionary: true
    case .list(let element): element.takesMap
    case .either(_, let other): other.takesMap
    case .scalar: false
    }
  }
}
