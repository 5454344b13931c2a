/// The cyclic redundancy check with Castagnoli's polynomial (RFC 3720, appendix B.4), which guards the records of event files.
enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in remainder >> 1 ^ (remainder & 1 == 1 ? 0x82F6_3B78 : 0) }
  }

  /// The check of some bytes.
  static func of(_ bytes: [UInt8]) -> UInt32 {
    var check = ~UInt32(0)
    table.withUnsafeBufferPointer { table in
      bytes.withUnsafeBufferPointer { bytes in
        for byte in bytes { check = check >> 8 ^ table[Int(UInt8(truncatingIfNeeded: check) ^ byte)] }
      }
    }
    return ~check
  }

  /// The check as records hold it: rotated right by 15 bits and moved by a constant, so that a check of bytes that hold checks stays good.
  static func masked(_ bytes: [UInt8]) -> UInt32 {
    let check = of(bytes)
    return (check >> 15 | check << 17) &+ 0xA282_EAD8
  }
}
