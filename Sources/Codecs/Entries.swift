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
