public import Configuration

/// The settings of `codecs.Command`, any codec that two command lines declare.
public struct CommandSettings: ValidatedSettings {
  /// The name under which results know the codec.
  public var name = "command"
  /// The command that encodes, with {input}, {output} and {quality}; {width} and {height} may stand in it, too.
  ///
  /// It is split at spaces, quotation marks keep words together; no shell sees it.
  public var encode = ""
  /// The command that decodes {input} and writes {output}.
  public var decode = ""
  /// The quality that takes the place of {quality}; any number, whose meaning is the codec's.
  public var quality = 50.0
  /// The values of a curve where --qualities names none.
  public var qualities: [Double] = []
  /// The form of the pictures that the commands read and write: png or ppm.
  public var format = Format.png
  /// What a name of the coded files ends in, without the dot.
  public var suffix = "bin"
  /// How the codec stores the chroma planes, for the results.
  public var chroma = "unknown"
  /// How long each process may run, in seconds.
  public var timeLimit = 600.0

  /// The form of pictures.
  public enum Format: String, Codable, Sendable, CaseIterable {
    /// PNG.
    case png
    /// Binary PPM (P6).
    case ppm
  }

  /// Creates the defaults.
  public init() {}

  private static let wide = QualityScale(name: "quality", range: -1e6...1e6, step: 0.01, rises: true, standard: [])

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var problems = ToolLimits.problems(quality, Self.wide, timeLimit)
    if suffix.isEmpty || suffix.contains("/") { problems.append(("suffix", "must be letters without a slash, found '\(suffix)'")) }
    if name.isEmpty || name.contains("/") { problems.append(("name", "must be letters without a slash, found '\(name)'")) }
    return problems
  }

  /// The codec.
  func codec() throws -> ToolCodec {
    let format = format == .png ? PictureFormat.png : .ppm
    let standard = qualities.isEmpty ? [quality] : qualities
    return ToolCodec(
      identity: name, summary: "\(name) by command, chroma \(chroma)", fileSuffix: suffix, chromaFormat: chroma, quality: quality,
      scale: QualityScale(name: "quality", range: Self.wide.range, step: 0.01, rises: true, standard: standard),
      encoder: try step("encode", encode, format), decoder: try step("decode", decode, format), timeLimit: timeLimit)
  }

  private func step(_ key: String, _ line: String, _ format: PictureFormat) throws -> ToolCodec.Step {
    let words = try CommandWords.split(line)
    guard let program = words.first else {
      throw ToolCodecError.commandLine("\(key) must be a command, such as 'mycodec -q {quality} {input} {output}'")
    }
    for name in ["{input}", "{output}"] where !words.dropFirst().contains(where: { $0.contains(name) }) {
      throw ToolCodecError.commandLine("\(key) lacks \(name), which stands for the file to \(name == "{input}" ? "read" : "write")")
    }
    let source = "check the command '\(key)', or add the program's folder to PATH"
    return .init(ToolProgram(program, source: source, versionArguments: []), Array(words.dropFirst()), format: format)
  }
}
