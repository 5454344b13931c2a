/// What is worth telling about a merge, and what is wrong with it.
public struct MergeLog: Sendable, Equatable {
  /// What happened without being wrong: a typed value that lost to a file, arguments that a new class does not take.
  public var notes: [Note] = []
  /// What is wrong: a typed argument that a new class does not take, an item of a list that is not there.
  public var problems: [Problem] = []

  /// Creates an empty log.
  public init() {}
}
