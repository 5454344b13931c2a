public import ChildProcesses

/// What goes wrong with a codec that is a program of someone else's.
public enum ToolCodecError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The program is not there; `source` says where to get it.
  case missing(program: String, source: String)
  /// The program did not end well; `message` is the last of what it said.
  case failed(command: String, ending: ChildProcessResult.Ending, message: String)
  /// The program ended well but left no file, or an empty one.
  case noOutput(command: String)
  /// The raw video in a file is not what was expected.
  case video(reason: String)
  /// A command line cannot be split into words, or lacks a word.
  case commandLine(String)

  /// One sentence with the cause and, where there is one, the remedy.
  public var description: String {
    switch self {
    case .missing(let program, let source):
      "the program '\(program)' is not there; \(source), or name its path with the setting 'encoder' or 'decoder'"
    case .failed(let command, let ending, let message):
      "'\(command)' \(ending)" + (message.isEmpty ? "" : ": \(message)")
    case .noOutput(let command): "'\(command)' ended with status 0 but wrote nothing"
    case .video(let reason): "the decoded video is not as expected: \(reason)"
    case .commandLine(let sentence): sentence
    }
  }
}
