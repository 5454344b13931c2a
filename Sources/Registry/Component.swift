public import Configuration

/// A setting that names a component and its arguments: `{class_path: nonlinearity.GDN, init_args: {inverse: true}}`.
///
/// A bare text is the class path alone. Arguments are laid over the default's; of another class, over those of the default's that it takes
/// too. After decoding with a
/// catalogue the class path is canonical and the arguments are complete. Two components are equal when class path and arguments are.
public struct Component<Kind: ComponentKind>: Sendable {
  /// The class path.
  public var classPath: String
  /// The arguments, a map.
  public var arguments: Node
  /// The place the component was written at.
  public var mark: Mark
  /// The dotted path of the setting; empty when it was not decoded.
  public var path: String
  /// The place of the class path, which is the default's where only arguments were written.
  private var classPathMark: Mark

  /// Creates a component from its class path and a map of arguments, which are checked when it is decoded or built.
  public init(_ classPath: String, _ arguments: Node = Node(.map([])), mark: Mark = .defaults, path: String = "") {
    self.classPath = classPath
    self.arguments = arguments
    self.mark = mark
    self.path = path
    classPathMark = mark
  }
}

extension Component: Equatable {
  /// Whether class path and arguments are equal; places do not count.
  public static func == (left: Component, right: Component) -> Bool {
    left.classPath == right.classPath && left.arguments == right.arguments
  }
}

extension Component: NodeDecodable {
  /// Creates a component from what was written over the default; without a class path the default's stays.
  ///
  /// - Throws: ``ReportedProblem`` after an unknown class path or a wrong form was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let form = try ComponentForm(given: given, fallback: fallback, kind: Kind.name, path: path, context: context)
    self.init(form.classPath.string ?? "", form.arguments, mark: form.mark, path: path)
    classPathMark = form.classPath.mark
    guard let components = context.components else { return }
    guard
      let checked = components.check(kind: Kind.name, classPath: form.classPath, arguments: form.arguments, path: path, context: context)
    else { throw ReportedProblem() }
    classPath = checked.classPath
    arguments = checked.arguments
  }

  /// `{class_path: …, init_args: {…}}`.
  public var node: Node {
    let name = Node(.string(classPath), mark: classPathMark)
    var fields = [Node.Field(key: "class_path", mark: classPathMark, value: name)]
    if arguments.fields?.isEmpty == false { fields.append(Node.Field(key: "init_args", mark: arguments.mark, value: arguments)) }
    return Node(.map(fields), mark: mark)
  }

  /// The kind with its article.
  public static var typeDescription: String { Kind.nameWithArticle }

  /// A component of the kind.
  public static var shape: SettingShape { .component(kind: Kind.name) }

  /// A component of the kind.
  public static var form: SettingForm { .component(kind: Kind.name) }

  /// Creates a component from any coder's `class_path` and `init_args`.
  public init(from decoder: any Decoder) throws {
    let node = try Node(from: decoder)
    guard let classPath = node["class_path"]?.string ?? node.string else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a component needs a class_path"))
    }
    self.init(classPath, node["init_args"] ?? Node(.map([])))
  }

  /// Writes `class_path` and `init_args` into any coder.
  public func encode(to encoder: any Encoder) throws { try node.encode(to: encoder) }
}

/// The class path and the arguments of a component as they were written over a default.
private struct ComponentForm {
  var classPath: Node
  var arguments: Node
  var mark: Mark

  init(given: Node?, fallback: Node?, kind: String, path: String, context: SettingsContext) throws {
    let standard = Self.parts(of: fallback)
    mark = given?.mark ?? fallback?.mark ?? .defaults
    let written = try given.map { try Self.parts(of: $0, kind: kind, path: path, context: context) }
    guard let classPath = written?.classPath ?? standard.classPath else {
      context.report(mark, path: path, "class_path is missing, expected \(withArticle(kind))")
      throw ReportedProblem()
    }
    self.classPath = classPath
    arguments = written?.arguments ?? Node(.map([]), mark: mark)
    guard let old = standard.classPath, let base = standard.arguments else { return }
    var log = MergeLog()
    let merged = Node.map([("class_path", old), ("init_args", base)])
      .merging(
        Node.map([("class_path", classPath), ("init_args", arguments)]), rules: context.components?.mergeRules ?? MergeRules(),
        log: &log)
    arguments = merged["init_args"] ?? arguments
  }

  private static func parts(of node: Node?) -> (classPath: Node?, arguments: Node?) {
    if node?.string != nil { return (node, nil) }
    return (node?["class_path"], node?["init_args"])
  }

  private static func parts(
    of node: Node, kind: String, path: String, context: SettingsContext
  ) throws -> (classPath: Node?, arguments: Node?) {
    if node.string != nil { return (node, nil) }
    guard let fields = node.fields else {
      let sentence = "expected \(withArticle(kind)) (a class path, or a map of class_path and init_args), found \(node.summary)"
      context.report(node.mark, path: path, sentence)
      throw ReportedProblem()
    }
    if node["class_path"] == nil, node["init_args"] == nil, node.mark.isCommandLine || node.mark.isEnvironment { return (nil, node) }
    for field in fields where field.key != "class_path" && field.key != "init_args" {
      let question = NearMatch.question(for: field.key, among: ["class_path", "init_args"])
      let rule = "component has class_path and init_args, and its arguments stand in init_args"
      let sentence = "unknown key '\(field.key)'" + (question.isEmpty ? "; a \(rule)" : "\(question) A \(rule)")
      context.report(field.mark, path: KeySpelling.path(path, field.key), sentence)
    }
    if let name = node["class_path"], name.string == nil {
      context.report(name.mark, path: KeySpelling.path(path, "class_path"), "expected a class path, found \(name.summary)")
      throw ReportedProblem()
    }
    if let arguments = node["init_args"], arguments.fields == nil, !arguments.isNull {
      context.report(arguments.mark, path: KeySpelling.path(path, "init_args"), "expected a map of arguments, found \(arguments.summary)")
      return (node["class_path"], nil)
    }
    let arguments = node["init_args"].flatMap { $0.isNull ? nil : $0 }
    return (node["class_path"], arguments)
  }
}
