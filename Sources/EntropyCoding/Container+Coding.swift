extension Container {
  private static let magic = Array("BPS".utf8)

  /// Returns the contents of the file.
  public func encode() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Self.magic)
    writer.write([UInt8(version)])
    writer.write(number: modelIdentity.utf8.count)
    writer.write(Array(modelIdentity.utf8))
    writer.write(weightsHash)
    if version > 1 {
      writer.write(number: arithmetic.utf8.count)
      writer.write(Array(arithmetic.utf8))
    }
    if let tiling {
      writer.write(number: tiling.side)
      writer.write(number: tiling.overlap)
    } else if version > 3 {
      writer.write(number: 0)
    }
    if version > 3 { writer.write(number: streamForm.number) }
    if let ratePosition { writer.write(number: ratePosition) }
    for number in [width, height, padding.left, padding.top, padding.right, padding.bottom] { writer.write(number: number) }
    writer.write(number: latentShapes.count)
    for shape in latentShapes {
      writer.write(number: shape.height)
      writer.write(number: shape.width)
    }
    writer.write(number: payloads.count)
    for payload in payloads { writer.write(number: payload.count) }
    for payload in payloads { writer.write(payload) }
    writer.write(word: CRC32.checksum(writer.bytes))
    return writer.bytes
  }

  /// Reads the contents of a file, accepting exactly what ``encode()`` writes.
  ///
  /// No length is trusted, and what a caller will allocate is bounded, because a few bytes can announce a picture of any size.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: What errors call the file, usually its path.
  ///   - maximumPixelCount: The largest accepted product of the padded width and height.
  /// - Throws: ``EntropyCodingError`` for another kind of file, a newer version, an unknown form of streams, a cut file, bytes after the end, a wrong checksum,
  ///   or a value that breaks the rule of its field.
  public init(decoding bytes: [UInt8], name: String, maximumPixelCount: Int = Self.maximumPixelCount) throws(EntropyCodingError) {
    var reader = ByteReader(bytes: bytes, name: name)
    let version = try Self.readVersion(&reader)
    let identity = try reader.readBytes(try reader.readNumber(.modelIdentity))
    weightsHash = Array(try reader.readBytes(Self.weightsHashByteCount))
    var text: ArraySlice<UInt8> = []
    if version > 1 {
      text = try reader.readBytes(try reader.readNumber(.arithmetic))
      // Without an arithmetic the file would be of version 1, unless there is more to tell.
      guard version > 2 || !text.isEmpty else { throw .containerField(name: name, field: .arithmetic) }
    }
    tiling = version > 2 ? try Self.readTiling(&reader, isOptional: version > 3) : nil
    streamForm = version > 3 ? try Self.readStreamForm(&reader, version: version) : .compatible
    ratePosition = version > 4 ? try reader.readNumber(.ratePosition) : nil
    width = try reader.readNumber(.size)
    height = try reader.readNumber(.size)
    padding = Padding(
      left: try reader.readNumber(.padding), top: try reader.readNumber(.padding),
      right: try reader.readNumber(.padding), bottom: try reader.readNumber(.padding))
    latentShapes = try Self.readShapes(&reader)
    payloads = try Self.readPayloads(&reader)
    let checksum = try reader.readWord()
    guard reader.remaining == 0 else { throw .containerTrailing(name: name, byteCount: reader.remaining) }
    let computed = CRC32.checksum(bytes.dropLast(4))
    guard checksum == computed else { throw .containerChecksum(name: name, stored: checksum, computed: computed) }
    // Bytes that are no text give replacement characters, which the rule for the identity refuses.
    modelIdentity = String(decoding: identity, as: UTF8.self)
    arithmetic = String(decoding: text, as: UTF8.self)
    try checkInvariants(name: name)
    let pixels = paddedWidth * paddedHeight
    guard pixels <= maximumPixelCount else { throw .containerPixels(name: name, pixels: pixels, maximum: maximumPixelCount) }
  }

  private static func readVersion(_ reader: inout ByteReader) throws(EntropyCodingError) -> Int {
    // A file that ends inside the magic bytes is cut; one that differs in them is of another kind, and so is an empty one.
    let start = reader.bytes.prefix(magic.count)
    guard !start.isEmpty, magic.starts(with: start) else { throw .notContainer(name: reader.name) }
    _ = try reader.readBytes(magic.count)
    let version = Int(try reader.readBytes(1).reduce(0, +))
    guard version > 0 else { throw .notContainer(name: reader.name) }
    guard version <= newestVersion else { throw .containerVersion(name: reader.name, version: version) }
    return version
  }

  private static func readTiling(_ reader: inout ByteReader, isOptional: Bool) throws(EntropyCodingError) -> Tiling? {
    let side = try reader.readNumber(.tiling)
    if side == 0, isOptional { return nil }
    return Tiling(side: side, overlap: try reader.readNumber(.tiling))
  }

  private static func readStreamForm(_ reader: inout ByteReader, version: Int) throws(EntropyCodingError) -> StreamForm {
    let number = try reader.readNumber(.streamForm)
    guard let form = StreamForm(number: number) else { throw .containerStreamForm(name: reader.name, form: number) }
    // In the compatible form the file would be of an older version, unless there is more to tell.
    guard version > 4 || form != .compatible else { throw .containerField(name: reader.name, field: .streamForm) }
    return form
  }

  private static func readShapes(_ reader: inout ByteReader) throws(EntropyCodingError) -> [SpatialShape] {
    let count = try reader.readNumber(.latentShapes)
    guard count <= 255 else { throw .containerField(name: reader.name, field: .latentShapes) }
    var shapes: [SpatialShape] = []
    for _ in 0..<count {
      shapes.append(SpatialShape(height: try reader.readNumber(.latentShapes), width: try reader.readNumber(.latentShapes)))
    }
    return shapes
  }

  private static func readPayloads(_ reader: inout ByteReader) throws(EntropyCodingError) -> [[UInt8]] {
    let count = try reader.readNumber(.payloads)
    guard count <= 255 else { throw .containerField(name: reader.name, field: .payloads) }
    var lengths: [Int] = []
    for _ in 0..<count { lengths.append(try reader.readNumber(.payloads)) }
    var payloads: [[UInt8]] = []
    for length in lengths { payloads.append(Array(try reader.readBytes(length))) }
    return payloads
  }
}
