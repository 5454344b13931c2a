public import Configuration

/// The settings of `codecs.VVC`: VVC intra 4:2:0 with a constant QP through VVenC inside an ffmpeg, 10 bits, without perceptual adaptation of
/// the QP.
///
/// The Debian ffmpeg has no VVenC; the wheel imageio-ffmpeg has one that does. The conversion to Y′CbCr (BT.709, full range) is ffmpeg's, with
/// its exact rounding. VVenC codes 4:2:0 alone.
public struct VVCSettings: ValidatedSettings {
  /// The presets of VVenC, from the fastest to the one with the smallest files.
  public enum Preset: String, Codable, Sendable, CaseIterable {
    /// A fortieth of the time of `slow` and files some percent larger.
    case faster
    /// Between that and `medium`.
    case fast
    /// VVenC's own default.
    case medium
    /// The default here.
    case slow
    /// The smallest files.
    case slower
  }

  /// The QP of VVenC, 0 to 63.
  public var quality = 32.0
  /// How much time VVenC takes for small files.
  public var preset = Preset.slow
  /// The ffmpeg that encodes, a name in PATH or a path; null takes ffmpeg.
  public var encoder: String?
  /// The ffmpeg that decodes, a name in PATH or a path; null takes the one that encodes.
  public var decoder: String?
  /// How long each process may run, in seconds.
  public var timeLimit = 600.0

  /// Creates the defaults.
  public init() {}

  static let scale = QualityScale.qp(to: 63)
  private static let flags = "flags=accurate_rnd+full_chroma_int+lanczos"

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { ToolLimits.problems(quality, Self.scale, timeLimit) }

  /// The codec.
  var codec: ToolCodec {
    let source = "it must be one with libvvenc, such as 'make codecs' puts into .codecs/bin (of the wheel imageio-ffmpeg)"
    let flags = Self.flags
    return ToolCodec(
      identity: "vvenc-420", summary: "VVC intra (VVenC through ffmpeg, \(preset.rawValue), 10 bits, constant QP), 4:2:0",
      fileSuffix: "vvc",
      chromaFormat: "4:2:0", quality: quality, scale: Self.scale,
      encoder: .init(
        FFmpeg.program(encoder, needs: source),
        [
          "-v", "error", "-i", "{input}", "-vf", "scale=out_color_matrix=bt709:out_range=pc:\(flags),format=yuv420p10le", "-color_range",
          "pc", "-colorspace", "bt709", "-c:v", "libvvenc", "-threads", "1", "-preset", preset.rawValue, "-qp", "{quality}",
          "-vvenc-params",
          "internalbitdepth=10:qpa=0", "-frames:v", "1", "-f", "vvc", "-y", "{output}",
        ]),
      decoder: .init(
        FFmpeg.program(decoder ?? encoder, needs: source),
        [
          "-v", "error", "-f", "vvc", "-i", "{input}", "-vf", "scale=in_color_matrix=bt709:in_range=pc:\(flags),format=rgb24",
          "-frames:v", "1", "-y", "{output}",
        ]), timeLimit: timeLimit)
  }
}
