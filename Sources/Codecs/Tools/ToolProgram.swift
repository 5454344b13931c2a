import ChildProcesses

/// A program of someone else's that encodes or decodes.
public struct ToolProgram: Sendable, Equatable {
  /// The name that is looked up in PATH, or a path.
  public let name: String
  /// Where to get it, as the end of a sentence: `install the Debian package webp`.
  public let source: String
  /// The arguments that make it say its version; empty where it cannot.
  public let versionArguments: [String]

  /// Creates a program; `path` is taken in place of the name where it is given.
  public init(_ name: String, source: String, versionArguments: [String] = ["--version"], path: String? = nil) {
    self.name = path ?? name
    self.source = source
    self.versionArguments = versionArguments
  }

  /// Returns where the program lies.
  ///
  /// - Throws: ``ToolCodecError/missing(program:source:)``.
  public func path() throws(ToolCodecError) -> String {
    guard let path = ProgramSearch.path(of: name) else { throw .missing(program: name, source: source) }
    return path
  }

  /// Returns what the program says of its version; `unknown` where it says nothing.
  ///
  /// - Throws: ``ToolCodecError/missing(program:source:)``.
  public func version() throws -> String {
    let path = try path()
    guard !versionArguments.isEmpty else { return "unknown" }
    let result = try ChildProcess(path, versionArguments, timeLimit: .seconds(10), outputLimit: 16384).run()
    let lines = (result.outputText + "\n" + result.messagesText).split(whereSeparator: \.isNewline)
    let line = lines.first { $0.contains(/[0-9]\.[0-9]/) }
    return line.map { String($0.split(separator: " ").joined(separator: " ").prefix(120)) } ?? "unknown"
  }
}
