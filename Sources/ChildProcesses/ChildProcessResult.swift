/// What a child process left.
public struct ChildProcessResult: Sendable, Equatable {
  /// How a child process came to its end.
  public enum Ending: Sendable, Equatable, CustomStringConvertible {
    /// It ended by itself with this status.
    case exit(status: Int32)
    /// A signal ended it.
    case signal(Int32)
    /// It ran longer than it may and was killed.
    case timeLimit

    /// A phrase that follows the program's name: `ended with status 1`.
    public var description: String {
      switch self {
      case .exit(let status): "ended with status \(status)"
      case .signal(let number): "was ended by signal \(number)"
      case .timeLimit: "did not end in time and was killed"
      }
    }
  }

  /// How it ended.
  public let ending: Ending
  /// What it wrote to standard output, up to the limit.
  public let output: [UInt8]
  /// What it wrote to standard error, up to the limit.
  public let messages: [UInt8]

  /// Whether it ended by itself with status 0.
  public var isSuccess: Bool { ending == .exit(status: 0) }

  /// Standard output as text; what is not UTF-8 is replaced.
  public var outputText: String { String(decoding: output, as: UTF8.self) }

  /// Standard error as text; what is not UTF-8 is replaced.
  public var messagesText: String { String(decoding: messages, as: UTF8.self) }
}
