/// What decoding shares over a whole configuration: the problems found so far and the components that exist.
public final class SettingsContext {
  /// The problems found so far, in the order found.
  public private(set) var problems: [Problem] = []
  /// What is worth telling, in the order found.
  public private(set) var notes: [Note] = []
  /// Who knows the components; nil takes any class path with any arguments.
  public let components: (any ComponentChecking)?
  /// Who wants to know the settings met, for descriptions.
  let recorder: SettingsRecorder?

  /// Creates a context without problems.
  public convenience init(components: (any ComponentChecking)? = nil) {
    self.init(components: components, recorder: nil)
  }

  init(components: (any ComponentChecking)?, recorder: SettingsRecorder?) {
    self.components = components
    self.recorder = recorder
  }

  /// Records a problem.
  public func report(_ mark: Mark, path: String, _ sentence: String) {
    problems.append(Problem(mark: mark, path: path, sentence: sentence))
  }

  /// Records something worth telling that is not wrong; told twice it counts once.
  public func note(_ mark: Mark, path: String, _ sentence: String) {
    let note = Note(mark: mark, path: path, sentence: sentence)
    if !notes.contains(note) { notes.append(note) }
  }
}

/// Knows which components exist and what they take; the registry's catalogue is one.
public protocol ComponentChecking: Sendable {
  /// Returns the canonical class path and the complete arguments of a component of the given kind.
  ///
  /// - Returns: nil when the class path is unknown or of another kind; that problem and all problems of the arguments are reported to `context`.
  func check(
    kind: String, classPath: Node, arguments: Node, path: String, context: SettingsContext
  ) -> (classPath: String, arguments: Node)?

  /// What merging has to know about the components.
  var mergeRules: MergeRules { get }
}

/// A property type that reads itself from a node, such as a component.
public protocol NodeDecodable: Codable {
  /// Creates a value from what was written over the default.
  ///
  /// - Parameters:
  ///   - given: What was written; nil when nothing was.
  ///   - fallback: The default; nil when there is none.
  ///   - path: The dotted path, for problems.
  ///   - context: Where problems go.
  /// - Throws: ``ReportedProblem`` after a problem was reported that leaves no value.
  init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws

  /// The value as a node.
  var node: Node { get }

  /// What the value is, for descriptions: for example `a nonlinearity`.
  static var typeDescription: String { get }

  /// What kind of value it is; a plain value by default.
  static var shape: SettingShape { get }

  /// What may be written for it, for schemas; anything by default.
  static var form: SettingForm { get }
}

extension NodeDecodable {
  /// A plain value.
  public static var shape: SettingShape { .value }
  /// Anything.
  public static var form: SettingForm { .scalar(.any) }
}

/// Thrown while decoding when the problem is already among the context's.
public struct ReportedProblem: Error, Sendable, Equatable {
  /// Creates the only value.
  public init() {}
}
