/// JPEG XL through libjxl's own programs, effort 7; the quality is the Butteraugli distance, smaller is better.
public enum JPEGXL: StandardTool {
  /// Differences at the limit of what is seen.
  public static let quality = 1.0
  /// The Butteraugli distance.
  public static let scale = QualityScale(
    name: "distance", range: 0.05...15, step: 0.01, rises: false, standard: [12, 8, 6, 4.5, 3, 2, 1, 0.5])

  /// The codec.
  public static func codec(_ settings: ToolSettings<JPEGXL>) -> ToolCodec {
    let source = "install the Debian package libjxl-tools"
    let encoder = ToolProgram("cjxl", source: source, path: settings.encoder)
    let decoder = ToolProgram("djxl", source: source, path: settings.decoder)
    return ToolCodec(
      identity: "jpegxl", summary: "JPEG XL (libjxl, effort 7, XYB), 4:4:4", fileSuffix: "jxl", chromaFormat: "4:4:4",
      quality: settings.quality, scale: scale,
      encoder: .init(encoder, ["{input}", "{output}", "-d", "{quality}", "-e", "7", "--num_threads=0"]),
      decoder: .init(decoder, ["{input}", "{output}", "--num_threads=0"]), timeLimit: settings.timeLimit)
  }
}
