/// WebP through libwebp's own programs, method 4 as usual; the quality is 0 to 100.
public enum WebP: StandardTool {
  /// The default of the programs.
  public static let quality = 75.0
  /// The quality of the programs.
  public static let scale = QualityScale(name: "quality", range: 0...100, rises: true, standard: [5, 15, 30, 45, 60, 75, 85, 95])

  /// The codec.
  public static func codec(_ settings: ToolSettings<WebP>) -> ToolCodec {
    let source = "install the Debian package webp"
    let encoder = ToolProgram("cwebp", source: source, versionArguments: ["-version"], path: settings.encoder)
    let decoder = ToolProgram("dwebp", source: source, versionArguments: ["-version"], path: settings.decoder)
    return ToolCodec(
      identity: "webp", summary: "WebP (libwebp, method 4), 4:2:0", fileSuffix: "webp", chromaFormat: "4:2:0",
      quality: settings.quality, scale: scale,
      encoder: .init(encoder, ["-quiet", "-m", "4", "-q", "{quality}", "{input}", "-o", "{output}"]),
      decoder: .init(decoder, ["-quiet", "{input}", "-o", "{output}"]), timeLimit: settings.timeLimit)
  }
}
