public import Configuration

/// The JSON Schema (draft 2020-12) of configurations, made from the types of their settings and the components of a catalogue.
///
/// It takes what the reader takes of one file by itself: components in all their forms, a file or a variable in place of a value, keys that
/// append to lists. What only sentences of ``ValidatedSettings`` say, such as ranges, is not in it.
public struct ConfigurationSchema: Sendable {
  private let root: any Settings.Type
  private let title: String
  private let catalogue: Catalogue

  /// Creates the schema of configurations of the type `root`.
  public init(of root: any Settings.Type, title: String, catalogue: Catalogue) {
    self.root = root
    self.title = title
    self.catalogue = catalogue
  }

  private static let draft: Node = "https://json-schema.org/draft/2020-12/schema"

  private static let variables: Node = [
    "description": "Variables: `N: 128` here, `${N}` anywhere else.", "type": ["object", "null"],
  ]

  private var settings: [SettingDescription] {
    func all<S: Settings>(_ type: S.Type) -> [SettingDescription] { SettingDescription.all(of: type) }
    return all(root)
  }

  /// The sections that a file of its own can hold: those that are maps.
  public var parts: [String] { settings.filter { !$0.key.contains(".") && $0.shape.takesMap }.map(\.key) }

  /// The schema of a whole configuration.
  public var tree: Node {
    var builder = SchemaBuilder(catalogue: catalogue)
    var fields: [(String, Node)] = [
      ("$schema", Self.draft), ("title", Node(.string(title))),
      ("description", "A configuration of Benchpresso; the article \"Configuration\" explains it."), ("type", ["object", "null"]),
      ("properties", .map(builder.properties(of: settings, below: "") + [("vars", Self.variables)])), ("additionalProperties", false),
    ]
    fields.append(("$defs", builder.definitions()))
    return .map(fields)
  }

  /// The schema of a file that holds the section `key` alone, by itself or as a map with that one key; nil where there is no such section.
  public func tree(ofPart key: String) -> Node? {
    let settings = settings
    guard parts.contains(key), let part = settings.first(where: { $0.key == key }) else { return nil }
    var builder = SchemaBuilder(catalogue: catalogue)
    let content = Node.map(builder.property(part, among: settings))
    let wrapped: Node = .map([
      ("properties", .map([(key, content), ("vars", Self.variables)])), ("additionalProperties", false),
    ])
    return .map([
      ("$schema", Self.draft), ("title", Node(.string("\(title), \(key)"))), ("if", ["type": "object", "required": [Node(.string(key))]]),
      ("then", wrapped), ("else", content), ("$defs", builder.definitions()),
    ])
  }
}
