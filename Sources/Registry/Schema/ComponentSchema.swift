import Configuration

/// What a schema says of the components of a kind: their class paths, and the arguments that belong to each.
struct ComponentSchema {
  let kind: String
  let catalogue: Catalogue

  /// The name of the definition of a kind.
  static func name(_ kind: String) -> String { kind.replacing(" ", with: "_") }

  /// The definition of the kind, one of the arguments of each class, and one of the arguments that some class takes.
  func definitions(_ builder: inout SchemaBuilder) -> SchemaBuilder.Fields {
    let entries = catalogue.entries(ofKind: kind)
    let arguments = entries.map { ($0, builder.properties(of: $0.settings, below: "")) }
    return [(Self.name(kind), definition(entries)), (anyArguments, union(arguments))]
      + arguments.map { ($0.classPath, Self.map($1, title: $0.classPath, description: $0.summary)) }
  }

  private var anyArguments: String { "\(Self.name(kind))_arguments" }

  /// Texts and maps; the place that refers to it says with `type` what else there may be.
  private func definition(_ entries: [Entry]) -> Node {
    let names = Node(.list(catalogue.names(of: entries).map { Node(.string($0)) }))
    let classes: [Node] = entries.map { entry in
      let own: Node = ["enum": Node(.list(catalogue.names(of: [entry]).map { Node(.string($0)) }))]
      return Self.arguments(entry.classPath, where: ["required": ["class_path"], "properties": ["class_path": own]])
    }
    // Without a class path it is that of the default, or of a file below this one.
    let open: Node = ["properties": ["class_path": ["type": "string", "pattern": Node(.string(SchemaBuilder.variable))]]]
    return [
      "examples": Node(.list(entries.map { Node(.string($0.classPath)) })),
      "properties": [
        "class_path": ["description": "The class.", "anyOf": [["enum": names], ["$ref": "#/$defs/variable"]]],
        "init_args": ["description": "The arguments of the class.", "type": ["object", "string", "null"]],
      ],
      "additionalProperties": false,
      "if": ["type": "string"],
      "then": ["anyOf": [["enum": names], ["pattern": Node(.string(SchemaBuilder.variableOrFile))]]],
      "allOf": Node(.list(classes + [Self.arguments(anyArguments, where: open)])),
    ]
  }

  private static func arguments(_ definition: String, where condition: Node) -> Node {
    var condition = condition
    condition["type"] = "object"
    return ["if": condition, "then": ["properties": ["init_args": ["$ref": Node(.string("#/$defs/\(definition)"))]]]]
  }

  private static func map(_ properties: SchemaBuilder.Fields, title: String, description: String) -> Node {
    [
      "title": Node(.string(title)), "description": Node(.string(description)), "properties": .map(properties),
      "additionalProperties": false, "pattern": Node(.string(SchemaBuilder.variableOrFile)),
    ]
  }

  /// The arguments of all classes; what several classes call by one name may be that of either.
  private func union(_ arguments: [(Entry, SchemaBuilder.Fields)]) -> Node {
    var names: [String] = []
    var places: [String: [Node]] = [:]
    for (entry, fields) in arguments {
      for (name, _) in fields {
        if places[name] == nil { names.append(name) }
        places[name, default: []].append(["$ref": Node(.string("#/$defs/\(entry.classPath)/properties/\(name)"))])
      }
    }
    let properties = names.map { name -> (String, Node) in
      let choices = places[name] ?? []
      return (name, choices.count == 1 ? choices[0] : ["anyOf": Node(.list(choices))])
    }
    return Self.map(properties, title: "\(withArticle(kind)), class open", description: "The arguments that \(withArticle(kind)) may have.")
  }
}

extension Catalogue {
  /// All names that mean one of `entries`, which are of one kind: class paths first, then their last parts and aliases.
  fileprivate func names(of entries: [Entry]) -> [String] {
    let whole = entries.map(\.classPath)
    let aliases = entries.flatMap(\.aliases)
    let short = (whole + aliases).compactMap { $0.split(separator: ".").last.map(String.init) }.filter { name in
      guard entry(name) == nil, let kind = entries.first?.kind else { return false }
      return self.entries(ofKind: kind, shortName: name).count == 1
    }
    var names: [String] = []
    for name in whole + short + aliases where !names.contains(name) { names.append(name) }
    return names
  }
}
