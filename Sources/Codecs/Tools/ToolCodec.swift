public import Images
import SafeFiles

/// A codec that is two programs of someone else's: one writes the coded file of a picture, one reads it.
///
/// Arguments are words with `{input}`, `{output}`, `{quality}`, `{width}` and `{height}`; no shell sees them. Times are those of the processes,
/// their start and their reading and writing of files included.
public struct ToolCodec: AnchorCodec, Equatable {
  /// One of the two programs with its arguments.
  public struct Step: Sendable, Equatable {
    /// The program.
    public let program: ToolProgram
    /// The arguments, with placeholders.
    public let arguments: [String]
    /// The form of the picture that goes in or comes out.
    public let format: PictureFormat

    /// Creates a step.
    public init(_ program: ToolProgram, _ arguments: [String], format: PictureFormat = .png) {
      (self.program, self.arguments, self.format) = (program, arguments, format)
    }
  }

  /// The name under which results know the codec, for example `webp`.
  public let identity: String
  /// What the codec is, in one line.
  public let summary: String
  /// What a name of its coded files ends in, without the dot.
  public let fileSuffix: String
  /// How the chroma planes are stored.
  public let chromaFormat: String
  /// The quality on the codec's own scale.
  public let quality: Double
  /// The scale of the quality.
  public let scale: QualityScale
  /// What encodes.
  public let encoder: Step
  /// What decodes.
  public let decoder: Step
  /// How long each of the processes may run, in seconds.
  public let timeLimit: Double
  /// False: pictures are coded one by one.
  public var codesBatches: Bool { false }

  /// Creates a codec; nothing is looked for or started.
  public init(
    identity: String, summary: String, fileSuffix: String, chromaFormat: String, quality: Double, scale: QualityScale, encoder: Step,
    decoder: Step, timeLimit: Double
  ) {
    (self.identity, self.summary, self.fileSuffix, self.chromaFormat) = (identity, summary, fileSuffix, chromaFormat)
    (self.quality, self.scale, self.encoder, self.decoder, self.timeLimit) = (quality, scale, encoder, decoder, timeLimit)
  }

  /// The command lines, with the quality but with placeholders for files and sizes.
  public var commandLines: [String] {
    [encoder, decoder].map { step in
      ([step.program.name] + CommandWords.filled(step.arguments, ["quality": QualityScale.text(quality)])).joined(separator: " ")
    }
  }

  /// The versions of the two programs, by name.
  public func versions() throws -> [String: String] {
    var versions = [encoder.program.name: try encoder.program.version()]
    if decoder.program.name != encoder.program.name { versions[decoder.program.name] = try decoder.program.version() }
    return versions
  }

  /// Returns the coded file of each picture.
  ///
  /// - Throws: ``ToolCodecError``.
  public func encode(_ images: [Image]) throws -> [CodedImage] {
    try images.map { image in
      let folder = try ScratchFolder()
      let input = "\(folder.path)/picture.\(encoder.format.suffix)"
      try AtomicFile.write(encoder.format.encode(image), to: input)
      let run = try ToolRun(encoder, input: input, output: "\(folder.path)/coded.\(fileSuffix)", codec: self)
      let size = (image.width, image.height)
      let (file, seconds) = try run.run(in: folder, size: size)
      // Raw planes do not say their size, and the decoders that write them are not asked for it.
      let prefix = decoder.format.saysSize ? [] : SizeTrailer.bytes(size)
      return CodedImage(file: file + prefix, payloadByteCounts: [file.count], seconds: seconds)
    }
  }

  /// Returns the pictures in coded files.
  ///
  /// - Throws: ``ToolCodecError``, or `ImageError` when the decoder wrote something that is no picture.
  public func decode(_ files: [[UInt8]], name: String) throws -> [DecodedImage] {
    try files.map { file in
      let folder = try ScratchFolder()
      let input = "\(folder.path)/coded.\(fileSuffix)"
      let (coded, size) = decoder.format.saysSize ? (file[...], (0, 0)) : SizeTrailer.split(file)
      try AtomicFile.write(Array(coded), to: input)
      let run = try ToolRun(decoder, input: input, output: "\(folder.path)/picture.\(decoder.format.suffix)", codec: self)
      let (bytes, seconds) = try run.run(in: folder, size: size)
      return DecodedImage(image: try decoder.format.decode(bytes, name: name, size: size), seconds: seconds)
    }
  }

  /// Nil: these codecs tell no likelihoods.
  public func estimatedBits(_ images: [Image]) throws -> [Double]? { nil }
}

/// The size of a picture behind the file of a codec whose decoder writes raw planes: four bytes each, the low one first.
enum SizeTrailer {
  static func bytes(_ size: (Int, Int)) -> [UInt8] {
    [size.0, size.1].flatMap { side in (0..<4).map { UInt8(truncatingIfNeeded: side >> (8 * $0)) } }
  }

  static func split(_ file: [UInt8]) -> (ArraySlice<UInt8>, (Int, Int)) {
    guard file.count >= 8 else { return (file[...], (0, 0)) }
    let numbers = file.suffix(8).map { Int($0) }
    func side(_ start: Int) -> Int { (0..<4).reduce(0) { $0 | numbers[start + $1] << (8 * $1) } }
    return (file.dropLast(8), (side(0), side(4)))
  }
}

extension PictureFormat {
  /// Whether a file of this form says the picture's size.
  var saysSize: Bool { if case .raw = self { false } else { true } }
}
