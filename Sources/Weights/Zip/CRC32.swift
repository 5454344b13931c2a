/// The checksum of zip archives and packs of pictures: CRC-32 with the reflected polynomial 0xEDB88320.
package enum CRC32 {
  /// Row 0 is the usual table of byte remainders; row k holds the remainders of a byte that k zero bytes follow.
  private static let tables: [[UInt32]] = {
    var first: [UInt32] = []
    for index in 0..<256 {
      var value = UInt32(index)
      for _ in 0..<8 {
        let isOdd = value & 1 != 0
        value >>= 1
        if isOdd { value ^= 0xedb8_8320 }
      }
      first.append(value)
    }
    var tables = [first]
    for row in 1..<4 { tables.append(tables[row - 1].map { (value: UInt32) in (value >> 8) ^ first[Int(value & 0xff)] }) }
    return tables
  }()

  /// Returns the checksum of `bytes`, four at a time because checkpoints are large.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.withUnsafeBytes { checksum($0) } }

  /// Returns the checksum of `buffer`.
  package static func checksum(_ buffer: UnsafeRawBufferPointer) -> UInt32 {
    let (table0, table1, table2, table3) = (tables[0], tables[1], tables[2], tables[3])
    var value: UInt32 = .max
    var index = 0
    while index + 4 <= buffer.count {
      value ^= UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: index, as: UInt32.self))
      let low = table3[Int(value & 0xff)] ^ table2[Int((value >> 8) & 0xff)]
      let high = table1[Int((value >> 16) & 0xff)] ^ table0[Int(value >> 24)]
      value = low ^ high
      index += 4
    }
    while index < buffer.count {
      value = (value >> 8) ^ table0[Int((value ^ UInt32(buffer[index])) & 0xff)]
      index += 1
    }
    return ~value
  }
}
