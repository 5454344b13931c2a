/// How a pack of pictures is laid out; all numbers are little-endian.
///
/// A header of 64 bytes: the magic bytes, the version (UInt32), four zero bytes, the number of pictures, the place and the size of the index
/// (UInt64 each), the CRC-32 of the index and that of the 44 bytes before (UInt32 each), zeros. Then the samples of every picture, interleaved RGB, row by row.
/// Then the index: a record for each picture, and the names in UTF-8. The index ends the file.
enum PackLayout {
  static let magic = [UInt8]("BPPICS\r\n".utf8)
  static let version = 1
  static let headerSize = 64

  /// A picture in the index: place of the samples (UInt64), width, height, CRC-32 of the samples, length of the name (UInt32 each), place of the name (UInt64).
  struct Record: Sendable, Equatable {
    static let size = 32

    let place: Int
    let width: Int
    let height: Int
    let checksum: UInt32
    let nameLength: Int
    let namePlace: Int

    var sampleCount: Int { width * height * 3 }
  }

  static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
}

extension UnsafeRawBufferPointer {
  /// The little-endian number at `offset`.
  func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
  }

  /// The little-endian number of 64 bits at `offset`; nil when it is no count.
  func count(at offset: Int) -> Int? { Int(exactly: number(UInt64.self, at: offset)) }
}
