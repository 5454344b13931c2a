/// JPEG 2000 through OpenJPEG: the irreversible 9/7 wavelet, one layer; the quality is the ratio of compression.
public enum JPEG2000: StandardTool {
  /// A tenth of a bit for each bit of the picture's 24.
  public static let quality = 48.0
  /// The ratio of compression.
  public static let scale = QualityScale(
    name: "ratio of compression", range: 1...1000, step: 0.01, rises: false, standard: [320, 160, 96, 64, 40, 24, 16, 10])

  /// The codec.
  public static func codec(_ settings: ToolSettings<JPEG2000>) -> ToolCodec {
    let source = "install the Debian package libopenjp2-tools"
    let encoder = ToolProgram("opj_compress", source: source, versionArguments: ["-h"], path: settings.encoder)
    let decoder = ToolProgram("opj_decompress", source: source, versionArguments: ["-h"], path: settings.decoder)
    return ToolCodec(
      identity: "jpeg2000", summary: "JPEG 2000 (OpenJPEG, 9/7 wavelet), 4:4:4", fileSuffix: "jp2", chromaFormat: "4:4:4",
      quality: settings.quality, scale: scale,
      encoder: .init(encoder, ["-i", "{input}", "-o", "{output}", "-r", "{quality}", "-I"]),
      decoder: .init(decoder, ["-i", "{input}", "-o", "{output}"]), timeLimit: settings.timeLimit)
  }
}
