/// VVC intra 4:2:0 with a constant QP through VVenC inside an ffmpeg, 10 bits, preset slow, without perceptual adaptation of the QP.
///
/// The Debian ffmpeg has no VVenC; the wheel imageio-ffmpeg has one that does. The conversion to Y′CbCr (BT.709, full range) is ffmpeg's, with
/// its exact rounding. VVenC codes 4:2:0 alone.
public enum VVC: StandardTool {
  /// A middling QP.
  public static let quality = 32.0
  /// The QP of VVenC.
  public static let scale = QualityScale.qp(to: 63)

  private static let flags = "flags=accurate_rnd+full_chroma_int+lanczos"

  /// The codec.
  public static func codec(_ settings: ToolSettings<VVC>) -> ToolCodec {
    let source = "it must be one with libvvenc, such as 'make codecs' puts into .codecs/bin (of the wheel imageio-ffmpeg)"
    let encoder = FFmpeg.program(settings.encoder, needs: source)
    let decoder = FFmpeg.program(settings.decoder ?? settings.encoder, needs: source)
    return ToolCodec(
      identity: "vvenc-420", summary: "VVC intra (VVenC through ffmpeg, slow, 10 bits, constant QP), 4:2:0", fileSuffix: "vvc",
      chromaFormat: "4:2:0", quality: settings.quality, scale: scale,
      encoder: .init(
        encoder,
        [
          "-v", "error", "-i", "{input}", "-vf", "scale=out_color_matrix=bt709:out_range=pc:\(flags),format=yuv420p10le", "-color_range",
          "pc", "-colorspace", "bt709", "-c:v", "libvvenc", "-threads", "1", "-preset", "slow", "-qp", "{quality}", "-vvenc-params",
          "internalbitdepth=10:qpa=0", "-frames:v", "1", "-f", "vvc", "-y", "{output}",
        ]),
      decoder: .init(
        decoder,
        [
          "-v", "error", "-f", "vvc", "-i", "{input}", "-vf", "scale=in_color_matrix=bt709:in_range=pc:\(flags),format=rgb24",
          "-frames:v", "1", "-y", "{output}",
        ]), timeLimit: settings.timeLimit)
  }
}
