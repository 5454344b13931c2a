import Configuration

/// Files that stand for a part of a configuration: `trainer: parts/trainer.yaml`, `--data data.yaml`.
///
/// In a file the name starts in the folder of that file. A part may hold the value itself or a map with the one key that it is for
/// (`data: {class_path: …}`), and `vars` beside it.
struct PartFiles {
  let catalogue: Catalogue
  let root: any Settings.Type

  struct Part {
    var content: Node
    var variables: Node
  }

  /// A file with every part put in.
  struct Expanded {
    /// The tree; a part that cannot be read is left out, and the tree is nil where all of it is such a part.
    var node: Node?
    /// The variables that the parts declare.
    var variables = Node(.map([]))
    /// The files of the parts.
    var sources: [String] = []
    /// What is wrong with the parts.
    var problems: [Problem] = []
  }

  /// Returns a tree with every part put in.
  ///
  /// - Parameters:
  ///   - node: The tree of a file, or a value that was typed.
  ///   - keys: The place of the tree.
  ///   - whole: The whole configuration with the file, which says what is expected where.
  func expand(_ node: Node, at keys: [String], in whole: Node) -> Expanded {
    var expansion = Expansion(parts: self, whole: whole, result: Expanded(node: node))
    expansion.result.node = expansion.expand(node, at: keys, stack: node.mark.isFile ? [node.mark.source] : [])
    return expansion.result
  }

  /// Returns the part that `value` names at the place `keys`; nil when it names none.
  ///
  /// - Throws: `ConfigurationError` at the place of the name when the file cannot be read, or in the file when it is wrong.
  func part(_ value: Node, at keys: [String], in whole: Node, relativeTo folder: String?) throws(ConfigurationError) -> Part? {
    guard let text = value.string, PathText.isConfigurationFile(text) else { return nil }
    let path = folder.map { PathText.short(PathText.absolute(text, from: $0)) } ?? text
    // Where the place is not known, only a file that is there counts.
    let place = catalogue.place(keys, in: whole, root: root)
    guard place.map({ $0.shape.takesMap }) ?? PathText.exists(path) else { return nil }
    guard PathText.exists(path) else {
      let sentence = "there is no file '\(path)'" + (path == text ? "" : " ('\(text)' is taken relative to the file that names it)")
      throw ConfigurationError(mark: value.mark, path: keys.joined(separator: "."), sentence)
    }
    let content = try ConfigurationFile.read(path)
    guard let key = keys.last, let wrapped = content[key], content.fields?.allSatisfy({ $0.key == key || $0.key == "vars" }) == true else {
      return Part(content: content, variables: Node(.map([])))
    }
    let variables = content["vars"].map { Node.map([("vars", $0)], mark: content.mark) } ?? Node(.map([]))
    return Part(content: wrapped, variables: variables)
  }
}

/// The walk through one file and the parts that it names.
private struct Expansion {
  let parts: PartFiles
  /// The configuration as far as it is known, for what is expected in parts of parts.
  var whole: Node
  var result: PartFiles.Expanded

  /// Returns the value with its parts; nil for a part that cannot be read.
  mutating func expand(_ node: Node, at keys: [String], stack: [String]) -> Node? {
    var node = node
    switch node.value {
    case .map(let fields):
      var expanded: [Node.Field] = []
      for var field in fields {
        let name = field.key.hasSuffix("+") ? String(field.key.dropLast()) : field.key
        guard let value = expand(field.value, at: keys + [name], stack: stack) else { continue }
        field.value = value
        expanded.append(field)
      }
      node.value = .map(expanded)
    case .list(let elements):
      var expanded: [Node] = []
      for (index, element) in elements.enumerated() {
        if let element = expand(element, at: keys + ["[\(index)]"], stack: stack) { expanded.append(element) }
      }
      node.value = .list(expanded)
    case .string: return part(node, at: keys, stack: stack)
    case .null, .bool, .int, .double: break
    }
    return node
  }

  private mutating func part(_ node: Node, at keys: [String], stack: [String]) -> Node? {
    do throws(ConfigurationError) {
      let folder = node.mark.isFile ? PathText.folder(of: node.mark.source) : nil
      guard keys.count > 0, keys.first != "vars", let part = try parts.part(node, at: keys, in: whole, relativeTo: folder) else {
        return node
      }
      let source = part.content.mark.source
      guard !stack.contains(where: { PathText.absolute($0) == PathText.absolute(source) }) else {
        let sentence = "'\(source)' names itself: \((stack + [source]).joined(separator: " → "))"
        throw ConfigurationError(mark: node.mark, path: keys.joined(separator: "."), sentence)
      }
      var log = MergeLog()
      result.sources.append(source)
      result.variables = result.variables.merging(part.variables, log: &log)
      let place = Override(path: keys.reduce("") { $1.hasPrefix("[") ? $0 + $1 : KeySpelling.path($0, $1) }, value: nil)
      whole = (try? whole.applying(place, value: part.content, log: &log)) ?? whole
      return expand(part.content, at: keys, stack: stack + [source])
    } catch {
      result.problems += error.problems
      return nil
    }
  }
}
