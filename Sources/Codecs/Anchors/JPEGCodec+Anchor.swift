import Images

extension JPEGCodec: AnchorCodec {
  /// `4:2:0` or `4:4:4`.
  public var chromaFormat: String { subsampling == .yuv420 ? "4:2:0" : "4:4:4" }
  /// The quality.
  public var scale: QualityScale {
    QualityScale(name: "quality", range: 1...100, rises: true, standard: [5, 15, 30, 45, 60, 75, 85, 95])
  }
  /// None: JPEG is coded in this process.
  public var commandLines: [String] { [] }
  /// The version of libjpeg-turbo.
  public func versions() -> [String: String] { ["libjpeg": JPEG.libraryVersion] }
  /// Nil: no process is started.
  public func startTimes() -> StartTimes? { nil }
}
