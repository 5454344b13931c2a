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
    }
  ]
}

/// The settings of `codecs.JPEG`.
public struct JPEGSettings: ValidatedSettings {
  /// The IJG quality, 1 to 100.
  public var quality = 75
  /// How the chroma planes are stored: `yuv420` or `yuv444`.
  public var subsampling = JPEG.Subsampling.yuv420
  /// Whether the Huffman tables are fitted to the picture.
  public var optimize = false

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    1...100 ~= quality ? [] : [("quality", "must be in 1 ... 100, found \(quality)")]
  }
}

extension JPEG.Subsampling: Codable {}
