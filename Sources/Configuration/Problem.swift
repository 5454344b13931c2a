/// One thing that is wrong in a configuration.
public struct Problem: Sendable, Equatable, CustomStringConvertible {
  /// The place of the mistake.
  public let mark: Mark
  /// The dotted path of the value, for example `model.init_args.channels`; empty for the whole file.
  public let path: String
  /// What is wrong and what would be right.
  public let sentence: String

  /// Creates a problem from its place, dotted path and sentence.
  public init(mark: Mark, path: String, sentence: String) {
    self.mark = mark
    self.path = path
    self.sentence = sentence
  }

  /// `file:line:column: path: sentence` on one line; the path of an option is left out where the option says it.
  public var description: String { OneLine.of(mark.place(of: path) + sentence) }
}

/// All problems of a configuration at once.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The problems, sorted by source and place.
  public let problems: [Problem]

  /// Creates an error from problems found in any order; problems found twice count once.
  ///
  /// - Parameter order: The sources in the order in which they were given; any others follow in the order of their first problem.
  public init(_ problems: [Problem], order: [String] = []) {
    var sources: [String: Int] = [:]
    for source in order + problems.map(\.mark.source) where sources[source] == nil { sources[source] = sources.count }
    var unique: [Problem] = []
    for problem in problems where !unique.contains(problem) { unique.append(problem) }
    let keyed = unique.enumerated().map { (order: (sources[$1.mark.source] ?? 0, $1.mark.line, $1.mark.column, $0), problem: $1) }
    self.problems = keyed.sorted { $0.order < $1.order }.map(\.problem)
  }

  /// Creates an error from one problem.
  public init(mark: Mark, path: String = "", _ sentence: String) {
    self.init([Problem(mark: mark, path: path, sentence: sentence)])
  }

  /// The problems, one a line.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Something worth telling that is not wrong: what a later file replaced, or what a change of class dropped.
public struct Note: Sendable, Equatable, CustomStringConvertible {
  /// The place that caused it.
  public let mark: Mark
  /// The dotted path of the value.
  public let path: String
  /// What happened.
  public let sentence: String

  /// Creates a note from its place, dotted path and sentence.
  public init(mark: Mark, path: String, sentence: String) {
    self.mark = mark
    self.path = path
    self.sentence = sentence
  }

  /// `file:line:column: path: sentence` on one line; the path of an option is left out where the option says it.
  public var description: String { OneLine.of(mark.place(of: path) + sentence) }
}
