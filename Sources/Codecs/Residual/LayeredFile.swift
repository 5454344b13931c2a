import EntropyCoding

/// The file of a picture in two layers.
///
///     bytes   what
///     4       "BPRC"
///     1       the step of the residual's samples, 1 or 2; 0 where the base is alone
///     4       B, the length of the base (numbers have their low byte first)
///     4       R, the length of the residual; 0 where the base is alone
///     B + R   the files of the base and of the residual
///     4       CRC-32 of the names of both codecs, each ended by a zero, and of all bytes before
///
/// The names take part in the check but are not written: a file that other codecs wrote is refused without a byte spent on it.
struct LayeredFile: Equatable {
  static let magic = Array("BPRC".utf8)
  private static let headerLength = 13
  private static let checksumLength = 4

  /// The step of the residual's samples; 0 where there are none.
  let step: Int
  /// The file of the base.
  let base: [UInt8]
  /// The file of the residual.
  let residual: [UInt8]

  init(step: Int, base: [UInt8], residual: [UInt8]) { (self.step, self.base, self.residual) = (step, base, residual) }

  /// Returns the file that the two codecs of these names write.
  func encode(_ names: (base: String, residual: String)) -> [UInt8] {
    let header = Self.magic + [UInt8(step)] + Self.bytes(UInt32(base.count)) + Self.bytes(UInt32(residual.count))
    let file = header + base + residual
    return file + Self.bytes(Self.checksum(file[...], names))
  }

  /// Reads a file.
  ///
  /// - Throws: ``CodecError/damaged(name:reason:)``.
  init(_ file: [UInt8], name: String, codecs: (base: String, residual: String)) throws(CodecError) {
    guard file.starts(with: Self.magic) else {
      throw .damaged(name: name, reason: "it does not begin as a file of codecs.Residual does; decode it with the codec that wrote it")
    }
    let frame = Self.headerLength + Self.checksumLength
    guard file.count >= frame else { throw .damaged(name: name, reason: "it is cut after \(file.count) bytes; encode the picture again") }
    let lengths = (base: Int(Self.number(file[5...])), residual: Int(Self.number(file[9...])))
    let expected = frame + lengths.base + lengths.residual
    guard file.count == expected else {
      throw .damaged(name: name, reason: "it has \(file.count) bytes, and its header says \(expected); encode the picture again")
    }
    let end = file.count - Self.checksumLength
    guard Self.number(file[end...]) == Self.checksum(file[..<end], codecs) else {
      let reason =
        "its checksum is not that of its bytes with the base '\(codecs.base)' and the residual '\(codecs.residual)'; "
        + "it is damaged, or decode it with the codecs that wrote it"
      throw .damaged(name: name, reason: reason)
    }
    step = Int(file[4])
    guard 0...2 ~= step, (step == 0) == (lengths.residual == 0) else {
      throw .damaged(name: name, reason: "its step is \(step), with \(lengths.residual) bytes of residual; encode the picture again")
    }
    let middle = Self.headerLength + lengths.base
    base = Array(file[Self.headerLength..<middle])
    residual = Array(file[middle..<end])
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>, _ names: (base: String, residual: String)) -> UInt32 {
    CRC32.checksum(Array(names.base.utf8) + [0] + Array(names.residual.utf8) + [0] + bytes)
  }

  private static func bytes(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(4).enumerated().reduce(0) { $0 | UInt32($1.element) << (8 * UInt32($1.offset)) }
  }
}
