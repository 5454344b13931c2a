public import Configuration

/// A codec of someone else's with nothing to choose but the quality.
public protocol StandardTool: Sendable {
  /// The quality where nobody says one.
  static var quality: Double { get }
  /// The scale of the quality.
  static var scale: QualityScale { get }
  /// Returns the codec.
  static func codec(_ settings: ToolSettings<Self>) throws -> ToolCodec
}

/// The settings of codecs that are programs of someone else's and have nothing to choose but the quality.
public struct ToolSettings<Tool: StandardTool>: ValidatedSettings {
  /// The quality on the scale of the codec, as its summary says; several are given with --qualities.
  public var quality = Tool.quality
  /// The program that encodes, a name in PATH or a path; null takes the usual one.
  public var encoder: String?
  /// The program that decodes, a name in PATH or a path; null takes the usual one.
  public var decoder: String?
  /// How long each process may run, in seconds.
  public var timeLimit = 600.0

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { ToolLimits.problems(quality, Tool.scale, timeLimit) }
}

/// What the settings of all tools check.
enum ToolLimits {
  static func problems(_ quality: Double, _ scale: QualityScale, _ timeLimit: Double) -> [(key: String, sentence: String)] {
    var problems: [(key: String, sentence: String)] = []
    let (low, high) = (QualityScale.text(scale.range.lowerBound), QualityScale.text(scale.range.upperBound))
    if !scale.range.contains(quality) {
      problems.append(("quality", "is the \(scale.name) and must be in \(low) ... \(high), found \(QualityScale.text(quality))"))
    } else if scale.step == 1, quality != quality.rounded() {
      problems.append(("quality", "is the \(scale.name) and must be a whole number, found \(quality)"))
    }
    if !(timeLimit > 0 && timeLimit <= 1e6) { problems.append(("timeLimit", "must be more than 0 and at most 1e6, found \(timeLimit)")) }
    return problems
  }
}
