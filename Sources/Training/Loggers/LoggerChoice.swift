public import Configuration
public import Registry

/// The setting `logger`: true for the default, false or null for none, one logger or a list of them.
public struct LoggerChoice: NodeDecodable, Sendable, Equatable {
  /// The loggers.
  public var loggers: [Component<LoggerKind>]

  /// The loggers where nothing else is said.
  public static let standard = [Component<LoggerKind>("loggers.CSV")]

  /// Creates a choice.
  public init(_ loggers: [Component<LoggerKind>] = standard) { self.loggers = loggers }

  /// Reads a truth value, null, one logger or a list.
  ///
  /// - Throws: `ReportedProblem` after a logger that does not exist, or one that is named twice, was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.bool(true))
    switch node.value {
    case .null:
      loggers = []
      context.note(node.mark, path: path, "null means no logger, so no metrics are written; leave the key out for the default")
    case .bool(false): loggers = []
    case .bool(true): loggers = try Self.read(Self.standard.map(\.node), path: path, context: context)
    case .list(let elements): loggers = try Self.read(elements, path: path, context: context)
    default: loggers = [try Component(given: node, fallback: nil, path: path, context: context)]
    }
  }

  private static func read(_ elements: [Node], path: String, context: SettingsContext) throws -> [Component<LoggerKind>] {
    var loggers: [Component<LoggerKind>] = []
    var failed = false
    for (index, element) in elements.enumerated() {
      let place = "\(path)[\(index)]"
      do {
        let logger = try Component<LoggerKind>(given: element, fallback: nil, path: place, context: context)
        if loggers.contains(logger) {
          context.report(element.mark, path: place, "'\(logger.classPath)' is named twice; remove one of them")
          failed = true
        }
        loggers.append(logger)
      } catch is ReportedProblem {
        failed = true
      }
    }
    if failed { throw ReportedProblem() }
    return loggers
  }

  /// The list of the loggers.
  public var node: Node { Node(.list(loggers.map(\.node))) }

  /// `true, false, a logger or a list of them`.
  public static var typeDescription: String { "true, false, a logger or a list of them" }
  /// A list of loggers.
  public static var shape: SettingShape { .list(.component(kind: LoggerKind.name)) }
  /// A truth value, null, or loggers.
  public static var form: SettingForm { .either(ScalarForm([.boolean, .null]), .list(.component(kind: LoggerKind.name))) }
}
