public import Images

/// A codec in two layers: a base, and what the base lacks, coded by a classical codec.
///
///     x ─► base ─► x̂_b            r = (x − x̂_b)/s + 128 ─► residual codec ─► r̂            x̂ = clamp(x̂_b + s·(r̂ − 128))
///
/// Akbari et al. 2020 and Li et al. 2022 put BPG on a learned model, so that one model has a whole curve: the base alone is its lowest point, and the
/// quality of the residual codec leads from there. The step s is 1, or 2 where differences beyond 8 bits would cost more (`ResidualSamples`). With
/// s = 1, no difference outside −128 … 127 and a lossless residual codec, x̂ = x.
///
/// The encoder decodes its base as the decoder does. Files are described at `LayeredFile`.
public struct ResidualCodec: ImageCodec, Sendable {
  /// The codec of the base.
  public let base: any ImageCodec & Sendable
  /// The codec of the residual, at its quality.
  public let residual: any AnchorCodec
  /// Whether no residual is written.
  public let isBaseAlone: Bool
  /// Makes the residual's codec at a quality; nil for the quality that stands for the base alone.
  typealias Remaking = @Sendable (_ quality: Double) throws -> (any AnchorCodec)?
  private let remake: Remaking?

  /// Creates a codec of two that are built.
  ///
  /// - Parameters:
  ///   - base: The base; ``SharedCodec`` makes one of a learned codec.
  ///   - residual: The codec of the residual; where the base is alone, any quality of it.
  ///   - isBaseAlone: Whether only the base is written.
  public init(base: any ImageCodec & Sendable, residual: any AnchorCodec, isBaseAlone: Bool = false) {
    self.init(base: base, residual: residual, isBaseAlone: isBaseAlone, remake: nil)
  }

  init(base: any ImageCodec & Sendable, residual: any AnchorCodec, isBaseAlone: Bool, remake: Remaking?) {
    (self.base, self.residual, self.isBaseAlone, self.remake) = (base, residual, isBaseAlone, remake)
  }

  /// Returns the codec with the same base at another quality of the residual; nil where two built codecs were given.
  ///
  /// - Throws: `ConfigurationError` for a quality that the residual's codec has not.
  public func at(quality: Double) throws -> (any AnchorCodec)? {
    guard let remake else { return nil }
    let layer = try remake(quality)
    return ResidualCodec(base: base, residual: layer ?? residual, isBaseAlone: layer == nil, remake: remake)
  }

  /// The names of both codecs: `jpeg-420+jpeg-444`.
  public var identity: String { "\(names.base)+\(names.residual)" }
  /// What the codec is, in one line.
  public var summary: String { "base: \(base.summary); residual: \(residual.summary)" }
  /// The suffix `bpr`.
  public var fileSuffix: String { "bpr" }
  /// Whether the base codes pictures of one size together.
  public var codesBatches: Bool { base.codesBatches }

  /// Whether a file begins as those of this codec do.
  public static func wrote(_ file: [UInt8]) -> Bool { file.starts(with: LayeredFile.magic) }

  private var names: (base: String, residual: String) { (base.identity, residual.identity) }

  /// Returns the file of each picture; its payloads are those of the base and then those of the residual.
  ///
  /// The time is that of encoding and decoding the base, of the difference, and of encoding it.
  ///
  /// - Throws: the errors of both codecs, and ``CodecError/count(codec:expected:found:)``.
  public func encode(_ images: [Image]) throws -> [CodedImage] {
    let coded = try base.encode(images)
    try check(coded.count, images.count)
    if isBaseAlone {
      return coded.map { part in
        let file = LayeredFile(step: 0, base: part.file, residual: []).encode(names)
        return CodedImage(file: file, payloadByteCounts: part.payloadByteCounts, seconds: part.seconds)
      }
    }
    let decoded = try base.decode(coded.map(\.file), name: "the base of a picture")
    try check(decoded.count, images.count)
    return try images.indices.map { try layered(images[$0], base: coded[$0], approximation: decoded[$0]) }
  }

  private func layered(_ image: Image, base part: CodedImage, approximation: DecodedImage) throws -> CodedImage {
    try Self.check(approximation.image, against: image, name: "the base of a picture")
    let clock = Stopwatch()
    let step = ResidualSamples.step(of: image, base: approximation.image)
    let difference = ResidualSamples.picture(of: image, base: approximation.image, step: step)
    let seconds = clock.seconds
    let coded = try residual.encode(difference)
    return CodedImage(
      file: LayeredFile(step: step, base: part.file, residual: coded.file).encode(names),
      payloadByteCounts: part.payloadByteCounts + coded.payloadByteCounts,
      seconds: part.seconds + approximation.seconds + seconds + coded.seconds)
  }

  /// Returns the sum of both layers of each file, clamped; that of a base alone is the base.
  ///
  /// - Throws: ``CodecError/damaged(name:reason:)``, and the errors of both codecs.
  public func decode(_ files: [[UInt8]], name: String) throws -> [DecodedImage] {
    let parts = try files.map { try LayeredFile($0, name: name, codecs: names) }
    let bases = try base.decode(parts.map(\.base), name: name)
    try check(bases.count, files.count)
    return try zip(parts, bases).map { part, approximation in
      guard part.step > 0 else { return approximation }
      let difference = try residual.decode(part.residual, name: name)
      try Self.check(difference.image, against: approximation.image, name: name)
      let clock = Stopwatch()
      let image = ResidualSamples.sum(of: approximation.image, residual: difference.image, step: part.step)
      return DecodedImage(image: image, seconds: approximation.seconds + difference.seconds + clock.seconds)
    }
  }

  /// Nil: the codec of the residual has no likelihoods.
  public func estimatedBits(_ images: [Image]) throws -> [Double]? { nil }

  private func check(_ found: Int, _ expected: Int) throws(CodecError) {
    guard found == expected else { throw .count(codec: base.identity, expected: expected, found: found) }
  }

  private static func check(_ image: Image, against other: Image, name: String) throws(CodecError) {
    guard (image.width, image.height) == (other.width, other.height) else {
      let sizes = "\(image.width)×\(image.height) and \(other.width)×\(other.height)"
      throw .damaged(name: name, reason: "one layer has \(sizes) pixels where both should have the same; use codecs that keep the size")
    }
  }
}
