public import Images

/// JPEG through libjpeg-turbo, in this process.
///
/// Payload and file are the same: all bytes of the JPEG file, as is usual for classical codecs.
public struct JPEGCodec: ImageCodec, Sendable, Equatable {
  /// The IJG quality, 1 (worst) to 100.
  public var quality: Double { Double(number) }
  private let number: Int
  /// How the chroma planes are stored.
  public let subsampling: JPEG.Subsampling
  /// Whether the Huffman tables are fitted to the picture.
  public let optimizes: Bool

  /// Creates a codec.
  ///
  /// - Throws: ``CodecError/quality(_:)``.
  public init(quality: Int, subsampling: JPEG.Subsampling = .yuv420, optimizes: Bool = false) throws(CodecError) {
    guard 1...100 ~= quality else { throw .quality(quality) }
    number = quality
    self.subsampling = subsampling
    self.optimizes = optimizes
  }

  /// The name with the chroma format: `jpeg-420` or `jpeg-444`.
  public var identity: String { subsampling == .yuv420 ? "jpeg-420" : "jpeg-444" }
  /// What the codec is, in one line.
  public var summary: String {
    "JPEG (libjpeg-turbo), \(subsampling == .yuv420 ? "4:2:0" : "4:4:4"), quality \(number)\(optimizes ? ", optimised Huffman tables" : "")"
  }
  /// The suffix `jpg`.
  public var fileSuffix: String { "jpg" }
  /// False: pictures are coded one by one.
  public var codesBatches: Bool { false }

  /// Returns the JPEG file of each picture.
  ///
  /// - Throws: ``ImageError`` when a side is longer than JPEG allows.
  public func encode(_ images: [Image]) throws -> [CodedImage] {
    try images.map { image in
      let clock = Stopwatch()
      let file = try JPEG.encode(image, quality: number, subsampling: subsampling, optimize: optimizes)
      return CodedImage(file: file, payloadByteCounts: [file.count], seconds: clock.seconds)
    }
  }

  /// Returns the pictures in JPEG files.
  ///
  /// - Throws: ``ImageError`` when a file is broken or cut.
  public func decode(_ files: [[UInt8]], name: String) throws -> [DecodedImage] {
    try files.map { file in
      let clock = Stopwatch()
      let image = try JPEG.decode(file, name: name)
      return DecodedImage(image: image, seconds: clock.seconds)
    }
  }

  /// Nil: JPEG has no likelihoods.
  public func estimatedBits(_ images: [Image]) throws -> [Double]? { nil }
}
