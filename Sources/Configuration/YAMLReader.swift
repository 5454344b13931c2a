import Yams

/// Turns YAML text into a ``Node`` tree with places.
struct YAMLReader {
  /// Aliases can make a small file mean an enormous tree; no real configuration comes near these.
  static let largestCount = 200_000
  static let largestDepth = 100

  let text: String
  let source: String
  /// The fixed place of everything, for a text that is not a file.
  let place: Mark?
  private var count = 0

  init(text: String, source: String, place: Mark? = nil) {
    self.text = text
    self.source = source
    self.place = place
  }

  /// Returns the tree of the only document; nil when there is none.
  mutating func read() throws(ConfigurationError) -> Node? {
    let root: Yams.Node?
    do {
      root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw YAMLMistake(error: error, text: text, source: source, place: place).error
    } catch {
      throw ConfigurationError(mark: Mark(source: source), "cannot be read as YAML: \(error)")
    }
    guard let root else { return nil }
    return try convert(root, depth: 0)
  }

  private func mark(_ mark: Yams.Mark?) -> Mark {
    place ?? Mark(source: source, line: mark?.line ?? 0, column: mark?.column ?? 0)
  }

  private mutating func convert(_ node: Yams.Node, depth: Int) throws(ConfigurationError) -> Node {
    count += 1
    let mark = mark(node.mark)
    guard count <= Self.largestCount else {
      throw ConfigurationError(
        mark: mark, "the file holds more than \(Self.largestCount) values once its aliases are followed; use fewer aliases")
    }
    guard depth <= Self.largestDepth else { throw ConfigurationError(mark: mark, "values are nested more than \(Self.largestDepth) deep") }
    switch node {
    case .scalar(let scalar): return try convert(scalar, mark: mark)
    case .sequence(let sequence):
      try refuse(tag: sequence.tag, unless: "seq", mark: mark)
      var elements: [Node] = []
      for element in sequence { elements.append(try convert(element, depth: depth + 1)) }
      return Node(.list(elements), mark: mark)
    case .mapping(let mapping):
      try refuse(tag: mapping.tag, unless: "map", mark: mark)
      return try convert(mapping, mark: mark, depth: depth)
    case .alias: throw ConfigurationError(mark: mark, "an alias that leads nowhere")
    }
  }

  private func convert(_ scalar: Yams.Node.Scalar, mark: Mark) throws(ConfigurationError) -> Node {
    let text = scalar.string
    let isPlain = scalar.style == .plain || scalar.style == .any
    switch scalar.tag.description {
    case "": return isPlain ? Node(ScalarResolution.value(of: text), mark: mark, text: text) : Node(.string(text), mark: mark)
    case "!", "tag:yaml.org,2002:str": return Node(.string(text), mark: mark)
    case "tag:yaml.org,2002:null", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int":
      return Node(ScalarResolution.value(of: text), mark: mark, text: text)
    case "tag:yaml.org,2002:float":
      let value = ScalarResolution.value(of: text)
      if case .int(let int) = value { return Node(.double(Double(int)), mark: mark, text: text) }
      return Node(value, mark: mark, text: text)
    case let tag: throw Self.unknown(tag: tag, mark: mark)
    }
  }

  /// Refuses every tag of a list or a map but its own.
  private func refuse(tag: Tag, unless own: String, mark: Mark) throws(ConfigurationError) {
    guard ["", "!", "tag:yaml.org,2002:\(own)"].contains(tag.description) else { throw Self.unknown(tag: tag.description, mark: mark) }
  }

  private static func unknown(tag: String, mark: Mark) -> ConfigurationError {
    let name = tag.hasPrefix("tag:yaml.org,2002:") ? "!!" + tag.dropFirst("tag:yaml.org,2002:".count) : tag
    return ConfigurationError(mark: mark, "the YAML tag '\(name)' is not known; remove it")
  }

  /// Merge keys (`<<`) give the keys that the map does not have itself; of several merged maps the first wins.
  private mutating func convert(_ mapping: Yams.Node.Mapping, mark: Mark, depth: Int) throws(ConfigurationError) -> Node {
    var fields: [Node.Field] = []
    var merged: [Node.Field] = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        throw ConfigurationError(mark: self.mark(key.mark), "a list or a map cannot be a key; quote it if it is meant as a text")
      }
      let keyMark = self.mark(scalar.mark)
      let node = try convert(value, depth: depth + 1)
      if scalar.string == "<<", scalar.style == .plain || scalar.style == .any {
        for part in node.elements ?? [node] {
          guard let partFields = part.fields else {
            throw ConfigurationError(mark: keyMark, "'<<' merges a map or a list of maps, found \(part.summary)")
          }
          for field in partFields where !merged.contains(where: { $0.key == field.key }) { merged.append(field) }
        }
      } else {
        if let first = fields.first(where: { $0.key == scalar.string }) {
          throw ConfigurationError(mark: keyMark, "the key '\(first.key)' is given twice, first at line \(first.mark.line)")
        }
        fields.append(Node.Field(key: scalar.string, mark: keyMark, value: node))
      }
    }
    let inherited = merged.filter { field in !fields.contains { $0.key == field.key } }
    return Node(.map(inherited + fields), mark: mark)
  }
}
