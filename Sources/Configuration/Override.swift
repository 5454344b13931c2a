/// One value typed as an option: `--model.init_args.channels 32`.
public struct Override: Sendable, Equatable {
  /// The dotted path of the value; `init_args` may be left out where the file names the component.
  public let path: String
  /// The value as typed, in YAML.
  public let value: String

  /// Creates an override of the value at `path` by a YAML text.
  public init(path: String, value: String) {
    self.path = path
    self.value = value
  }
}

extension Node {
  /// Returns the tree with `overrides` applied from left to right.
  ///
  /// - Throws: ``ConfigurationError`` with a problem for each override whose value is not valid YAML or whose path is empty.
  public func applying(
    _ overrides: [Override], rules: MergeRules = MergeRules(), notes: inout [Note]
  ) throws(ConfigurationError) -> Node {
    var result = self
    var problems: [Problem] = []
    for override in overrides {
      do {
        result = result.merging(try override.overlay(on: result), rules: rules, notes: &notes)
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    return result
  }
}

extension Override {
  /// Returns a tree that holds only this value, at its path, with `init_args` put in where `base` has a component.
  func overlay(on base: Node) throws(ConfigurationError) -> Node {
    let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard keys.allSatisfy({ !$0.isEmpty }) else {
      throw ConfigurationError(mark: .commandLine, path: path, "not a path of keys joined by dots such as 'model.init_args.channels'")
    }
    var node: Node
    do {
      node = try Node(yaml: value, mark: .commandLine)
    } catch {
      throw ConfigurationError(error.problems.map { Problem(mark: $0.mark, path: path, sentence: $0.sentence) })
    }
    for key in fullKeys(keys, base: base).reversed() {
      node = Node(.map([Node.Field(key: key, mark: .commandLine, value: node)]), mark: .commandLine)
    }
    return node
  }

  private func fullKeys(_ keys: [String], base: Node) -> [String] {
    var result: [String] = []
    var place: Node? = base
    for key in keys {
      if place?["class_path"] != nil, key != "class_path", key != "init_args" {
        result.append("init_args")
        place = place?["init_args"]
      }
      result.append(key)
      place = place?[key]
    }
    return result
  }
}
