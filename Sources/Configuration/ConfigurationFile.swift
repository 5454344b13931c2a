import SafeFiles

/// Reading configuration files.
public enum ConfigurationFile {
  /// Returns the tree of the YAML or JSON file at `path`; an empty file is an empty map.
  ///
  /// - Throws: ``ConfigurationError`` with the place when the file cannot be read, is not valid YAML or does not hold a map.
  public static func read(_ path: String) throws(ConfigurationError) -> Node {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path)
    } catch {
      throw ConfigurationError(mark: Mark(source: path), error.cause)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigurationError(mark: Mark(source: path), "not a text in UTF-8; is this a configuration file?")
    }
    return try parse(text, source: path)
  }

  /// Returns the tree of a configuration text whose places name `source`; an empty text is an empty map.
  ///
  /// - Throws: ``ConfigurationError`` with the place when the text is not valid YAML or does not hold a map.
  public static func parse(_ text: String, source: String) throws(ConfigurationError) -> Node {
    var reader = YAMLReader(text: text, source: source)
    guard let node = try reader.read(), !node.isNull else { return Node(.map([]), mark: Mark(source: source)) }
    guard node.fields != nil else {
      throw ConfigurationError(mark: node.mark, "a configuration is a map of settings such as 'model: …', found \(node.summary)")
    }
    return node
  }
}

extension Node {
  /// Creates the tree of one value written in YAML, as typed after an option; an empty text is the empty text.
  ///
  /// - Throws: ``ConfigurationError`` with `mark` as its place when the text is not valid YAML.
  public init(yaml text: String, mark: Mark) throws(ConfigurationError) {
    var reader = YAMLReader(text: text, source: mark.source, place: mark)
    self = try reader.read() ?? Node(.string(text), mark: mark)
  }
}
