public import Configuration
public import Images
public import Registry

/// The codecs of the catalogue; each makes `any ImageCodec`.
public enum CodecEntries {
  /// All of them.
  public static let all: [Entry] = [
    Entry(
      CodecKind.self, "codecs.JPEG", summary: "JPEG through libjpeg-turbo, in process.", settings: JPEGSettings.self
    ) { settings, _ -> any ImageCodec in
      try JPEGCodec(quality: settings.quality, subsampling: settings.subsampling, optimizes: settings.optimize)
    },
    tool("codecs.JPEG2000", "JPEG 2000 through OpenJPEG; the quality is the ratio of compression.", JPEG2000.self),
    tool("codecs.WebP", "WebP through cwebp, 4:2:0; the quality is 0 to 100.", WebP.self),
    tool("codecs.JPEGXL", "JPEG XL through cjxl; the quality is the Butteraugli distance, smaller is better.", JPEGXL.self),
    tool("codecs.HEVC", "HEVC intra 4:4:4 through x265, decoded by ffmpeg; the quality is the QP.", HEVC.self),
    tool("codecs.BPG", "BPG 4:4:4 through bpgenc with x265; the quality is the QP.", BPG.self),
    Entry(
      CodecKind.self, "codecs.VVC", summary: "VVC intra 4:2:0 through an ffmpeg with VVenC; the quality is the QP.",
      settings: VVCSettings.self
    ) { settings, _ -> any ImageCodec in settings.codec },
    Entry(
      CodecKind.self, "codecs.AVIF", summary: "AVIF through avifenc with libaom, 4:4:4 or 4:2:0; the quality is the cq-level.",
      settings: AVIFSettings.self
    ) { settings, _ -> any ImageCodec in settings.codec },
    Entry(
      CodecKind.self, "codecs.VTM", summary: "VVC intra 4:4:4 through the reference software VTM; the quality is the QP.",
      settings: ReferenceSettings<VTM>.self
    ) { settings, _ -> any ImageCodec in try settings.codec() },
    Entry(
      CodecKind.self, "codecs.HM", summary: "HEVC intra 4:4:4 through the reference software HM; the quality is the QP.",
      settings: ReferenceSettings<HM>.self
    ) { settings, _ -> any ImageCodec in try settings.codec() },
    Entry(
      CodecKind.self, "codecs.Command", summary: "Any codec that a command for encoding and one for decoding declare.",
      settings: CommandSettings.self
    ) { settings, _ -> any ImageCodec in try settings.codec() },
    Entry(
      CodecKind.self, "codecs.Residual",
      summary: "Any codec as a base, and a classical one for what the base lacks; the quality is that one's.",
      leaf: "Variable Rate/Residual Coding", paper: "akbari2020learned",
      equation: "r = (x − x̂_b)/s + 128, x̂ = clamp(x̂_b + s·(r̂ − 128)), s = 1 or 2", settings: ResidualSettings.self
    ) { settings, context -> any ImageCodec in try settings.codec(context) },
  ]

  private static func tool<Tool: StandardTool>(_ classPath: String, _ summary: String, _ tool: Tool.Type) -> Entry {
    Entry(CodecKind.self, classPath, summary: summary, settings: ToolSettings<Tool>.self) { settings, _ -> any ImageCodec in
      try Tool.codec(settings)
    }
  }
}

/// The settings of `codecs.JPEG`.
public struct JPEGSettings: ValidatedSettings {
  /// The quality on the scale of the Independent JPEG Group, 1 (worst) to 100 (best).
  public var quality = 75
  /// How the chroma planes are stored.
  public var subsampling = JPEG.Subsampling.yuv420
  /// Whether the Huffman tables are fitted to the picture, which makes files a little smaller and coding slower.
  public var optimize = false

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    1...100 ~= quality ? [] : [("quality", "must be in 1 ... 100, found \(quality)")]
  }
}

extension JPEG.Subsampling: Codable {}
