/// BPG with the flags of CompressAI's bench: x265, 4:4:4, Y′CbCr, 8 bits; the quality is the QP.
public enum BPG: StandardTool {
  /// A middling QP.
  public static let quality = 32.0
  /// The QP of bpgenc.
  public static let scale = QualityScale.qp(to: 51)

  /// The codec.
  public static func codec(_ settings: ToolSettings<BPG>) -> ToolCodec {
    let source = "no package has it, so build it from the sources at https://bellard.org/bpg and add its folder to PATH"
    let encoder = ToolProgram("bpgenc", source: source, versionArguments: ["-h"], path: settings.encoder)
    let decoder = ToolProgram("bpgdec", source: source, versionArguments: ["-h"], path: settings.decoder)
    return ToolCodec(
      identity: "bpg", summary: "BPG (x265, 8 bits), 4:4:4", fileSuffix: "bpg", chromaFormat: "4:4:4", quality: settings.quality,
      scale: scale,
      encoder: .init(
        encoder, ["-o", "{output}", "-q", "{quality}", "-f", "444", "-e", "x265", "-c", "ycbcr", "-b", "8", "{input}"]),
      decoder: .init(decoder, ["-o", "{output}", "{input}"]), timeLimit: settings.timeLimit)
  }
}
