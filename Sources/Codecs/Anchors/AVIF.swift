public import Configuration

/// The settings of `codecs.AVIF`.
public struct AVIFSettings: ValidatedSettings {
  /// How the chroma planes are stored.
  public enum Chroma: String, Codable, Sendable, CaseIterable {
    /// Half the width and half the height (4:2:0).
    case yuv420
    /// Full size (4:4:4).
    case yuv444
  }

  /// The constant-quality level of libaom, 0 (best) to 63.
  public var quality = 30.0
  /// How the chroma planes are stored.
  public var subsampling = Chroma.yuv444
  /// The speed of the encoder, 0 (slowest, best) to 10.
  public var speed = 4
  /// The program that encodes, a name in PATH or a path; null takes avifenc.
  public var encoder: String?
  /// The program that decodes, a name in PATH or a path; null takes avifdec.
  public var decoder: String?
  /// How long each process may run, in seconds.
  public var timeLimit = 600.0

  /// Creates the defaults.
  public init() {}

  static let scale = QualityScale(name: "cq-level", range: 0...63, rises: false, standard: [60, 54, 48, 42, 36, 28, 20, 12])

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ToolLimits.problems(quality, Self.scale, timeLimit) + (0...10 ~= speed ? [] : [("speed", "must be in 0 ... 10, found \(speed)")])
  }

  /// The codec.
  var codec: ToolCodec {
    let source = "install the Debian package libavif-bin"
    let (digits, chroma) = subsampling == .yuv420 ? ("420", "4:2:0") : ("444", "4:4:4")
    return ToolCodec(
      identity: "avif-\(digits)", summary: "AVIF (libaom, speed \(speed), tuned for PSNR), \(chroma)", fileSuffix: "avif",
      chromaFormat: chroma, quality: quality, scale: Self.scale,
      encoder: .init(
        ToolProgram("avifenc", source: source, path: encoder),
        [
          "-c", "aom", "-j", "1", "-y", digits, "-s", "\(speed)", "--min", "0", "--max", "63", "-a", "end-usage=q", "-a",
          "cq-level={quality}", "-a", "tune=psnr", "{input}", "{output}",
        ]),
      decoder: .init(ToolProgram("avifdec", source: source, path: decoder), ["-j", "1", "{input}", "{output}"]), timeLimit: timeLimit)
  }
}
