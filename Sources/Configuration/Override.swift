/// One value typed as an option: `--model.init_args.channels 32`.
public struct Override: Sendable, Equatable {
  /// The dotted path of the value; `init_args` may be left out, `[Class]` or `[index]` names an item of a list, `+` at the end appends.
  public let path: String
  /// The value as typed, in YAML; nil for an option without a value, which means true.
  public let value: String?
  /// The place of the value.
  public let mark: Mark
  private var isDenial = false
  private var tree: Node?

  /// Creates an override of the value at `path` by a YAML text.
  public init(path: String, value: String?, mark: Mark? = nil) {
    self.path = path
    self.value = value
    self.mark = mark ?? .option(path)
  }

  /// Creates an override of the value at `path` by a tree whose values have places of their own, such as a part of another file.
  public init(path: String, node: Node, mark: Mark) {
    self.init(path: path, value: nil, mark: mark)
    tree = node
  }

  /// Creates an override of a setting that is turned off by the option `--no-path`.
  public init(denying path: String) {
    self.init(path: path, value: nil, mark: Mark(source: "--no-\(path)"))
    isDenial = true
  }

  /// The tree of the value.
  ///
  /// - Throws: ``ConfigurationError`` when the text is not valid YAML.
  public func node() throws(ConfigurationError) -> Node {
    if let tree { return tree }
    guard let value else { return Node(.bool(!isDenial), mark: mark, text: "") }
    return try Node(yaml: value, mark: mark).splittingTightFields()
  }
}

extension Node {
  /// Whether the node is an option without a value.
  var isBareOption: Bool {
    guard case .bool = value else { return false }
    return text?.isEmpty == true
  }

  /// Returns the tree with `overrides` applied from left to right.
  ///
  /// - Throws: ``ConfigurationError`` with a problem for each override whose value is not valid YAML, whose path is none or names an item that
  ///   is not there.
  public func applying(
    _ overrides: [Override], rules: MergeRules = MergeRules(), log: inout MergeLog
  ) throws(ConfigurationError) -> Node {
    var result = self
    var problems: [Problem] = []
    for override in overrides {
      do {
        result = try result.applying(override, value: try override.node(), rules: rules, log: &log)
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    return result
  }

  /// Returns the tree with `value` at the path of `override`.
  ///
  /// - Throws: ``ConfigurationError`` when the path is none or names an item that is not there.
  public func applying(
    _ override: Override, value: Node, rules: MergeRules = MergeRules(), log: inout MergeLog
  ) throws(ConfigurationError) -> Node {
    guard let path = OptionPath(override.path) else {
      let sentence = "not a path of keys joined by dots such as 'model.channels' or 'trainer.callbacks[ModelCheckpoint].save_top_k'"
      throw ConfigurationError(mark: override.mark, sentence)
    }
    var placement = OptionPlacement(value: value, appends: path.appends, mark: override.mark, rules: rules, log: log)
    defer { log = placement.log }
    return try placement.place(path.steps[...], in: self, path: "")
  }

  /// `{x:1}` is a map for people, though YAML reads it as a map with the key `x:1`.
  fileprivate func splittingTightFields() throws(ConfigurationError) -> Node {
    if let elements {
      var split: [Node] = []
      for element in elements { split.append(try element.splittingTightFields()) }
      return Node(.list(split), mark: mark)
    }
    guard let fields else { return self }
    var split: [Field] = []
    for field in fields {
      let field = try field.splittingTightly()
      guard !split.contains(where: { $0.key == field.key }) else {
        throw ConfigurationError(mark: field.mark, "the key '\(field.key)' is given twice in one map; remove one of them")
      }
      split.append(field)
    }
    return Node(.map(split), mark: mark)
  }
}

extension Node.Field {
  fileprivate func splittingTightly() throws(ConfigurationError) -> Node.Field {
    guard value.isNull, let colon = key.firstIndex(of: ":"), colon != key.startIndex,
      key[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { return Node.Field(key: key, mark: mark, value: try value.splittingTightFields()) }
    let value = try Node(yaml: String(key[key.index(after: colon)...]), mark: mark)
    return Node.Field(key: String(key[..<colon]), mark: mark, value: value)
  }
}
