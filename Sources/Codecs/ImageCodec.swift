public import Images

/// A lossy image codec that writes real files and reads them back.
///
/// The work is done for lists of pictures, because a learned codec can code pictures of one size together.
public protocol ImageCodec {
  /// The name under which results and files know the codec.
  var identity: String { get }
  /// What the codec is, in one line.
  var summary: String { get }
  /// What a name of its coded files ends in, without the dot.
  var fileSuffix: String { get }
  /// Whether pictures of one size can be coded together faster than one by one.
  var codesBatches: Bool { get }

  /// Returns the coded form of each picture.
  ///
  /// - Parameter images: At least one picture; all of one size.
  func encode(_ images: [Image]) throws -> [CodedImage]

  /// Returns the coded form of each picture, and what tells ``estimatedBits(_:)`` of the same pictures.
  ///
  /// A codec that has the latents of the pictures at hand does not compute them again.
  func encodeForEstimation(_ images: [Image]) throws -> (coded: [CodedImage], estimatedBits: () throws -> [Double]?)

  /// Returns the pictures in the files that ``encode(_:)-([Image])`` gave for one list, in its order.
  ///
  /// - Parameter name: What errors call the files.
  func decode(_ files: [[UInt8]], name: String) throws -> [DecodedImage]

  /// Returns the bits that the codec's own likelihoods predict for each picture; nil for a codec without likelihoods.
  func estimatedBits(_ images: [Image]) throws -> [Double]?
}

extension ImageCodec {
  /// Encodes, and estimates from the pictures.
  public func encodeForEstimation(_ images: [Image]) throws -> (coded: [CodedImage], estimatedBits: () throws -> [Double]?) {
    (try encode(images), { try estimatedBits(images) })
  }

  /// Returns the coded form of one picture.
  public func encode(_ image: Image) throws -> CodedImage { try single(encode([image])) }

  /// Returns the picture in a coded file; `name` is what errors call it.
  public func decode(_ file: [UInt8], name: String) throws -> DecodedImage { try single(decode([file], name: name)) }

  private func single<Value>(_ values: [Value]) throws -> Value {
    guard values.count == 1, let first = values.first else { throw CodecError.count(codec: identity, expected: 1, found: values.count) }
    return first
  }
}

/// The coded form of one picture.
public struct CodedImage: Sendable, Equatable {
  /// The bytes of the whole file.
  public let file: [UInt8]
  /// The bytes of each entropy-coded stream; the whole file where a codec has no container of ours around its streams.
  public let payloadByteCounts: [Int]
  /// Seconds from decoded pixels in memory to the payload in memory; with several pictures coded together, each one's share.
  public let seconds: Double

  /// Creates the coded form of a picture.
  public init(file: [UInt8], payloadByteCounts: [Int], seconds: Double) {
    self.file = file
    self.payloadByteCounts = payloadByteCounts
    self.seconds = seconds
  }

  /// The entropy-coded bytes together.
  public var payloadByteCount: Int { payloadByteCounts.reduce(0, +) }
}

/// A decoded picture.
public struct DecodedImage: Sendable, Equatable {
  /// The picture.
  public let image: Image
  /// Seconds from the payload in memory to 8-bit pixels in memory; with several pictures decoded together, each one's share.
  public let seconds: Double

  /// Creates a decoded picture.
  public init(image: Image, seconds: Double) {
    self.image = image
    self.seconds = seconds
  }
}
