/// HEVC intra 4:4:4 with a constant QP through x265, decoded by ffmpeg; the bytes are those of the raw stream without x265's own notice.
///
/// The picture becomes Y′CbCr (BT.601, full range) here, with rounding. The QP is that of x265's option, whose intra pictures get a smaller one
/// (by its ipratio); it is not that of BPG.
public enum HEVC: StandardTool {
  /// A middling QP.
  public static let quality = 32.0
  /// The QP of x265.
  public static let scale = QualityScale.qp(to: 51)

  /// The codec.
  public static func codec(_ settings: ToolSettings<HEVC>) -> ToolCodec {
    let encoder = ToolProgram("x265", source: "install the Debian package x265", path: settings.encoder)
    let decoder = FFmpeg.program(settings.decoder, needs: "install the Debian package ffmpeg")
    let space = YCbCr(.bt601, bits: 8)
    return ToolCodec(
      identity: "hevc-444", summary: "HEVC intra (x265, placebo, 8 bits, constant QP), 4:4:4", fileSuffix: "hevc", chromaFormat: "4:4:4",
      quality: settings.quality, scale: scale,
      encoder: .init(
        encoder,
        [
          "--input", "{input}", "--input-depth", "8", "--output-depth", "8", "--frames", "1", "--keyint", "1", "--qp", "{quality}",
          "--preset", "placebo", "--tune", "psnr", "--range", "full", "--no-info", "--pools", "1", "--frame-threads", "1", "--log-level",
          "error", "--output", "{output}",
        ], format: .y4m(space)),
      decoder: .init(
        decoder,
        ["-v", "error", "-f", "hevc", "-i", "{input}", "-frames:v", "1", "-strict", "-1", "-f", "yuv4mpegpipe", "-y", "{output}"],
        format: .y4m(space)),
      timeLimit: settings.timeLimit)
  }
}

/// ffmpeg, which codes what has no program of its own.
enum FFmpeg {
  static func program(_ path: String?, needs source: String) -> ToolProgram {
    ToolProgram("ffmpeg", source: source, versionArguments: ["-version"], path: path)
  }
}
