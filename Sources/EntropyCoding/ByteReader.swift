/// Bytes of a container being read, none of whose lengths is trusted.
struct ByteReader {
  let bytes: [UInt8]
  let name: String
  private(set) var place = 0

  init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  var remaining: Int { bytes.count - place }

  mutating func readBytes(_ count: Int) throws(EntropyCodingError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else { throw .containerCut(name: name, byteCount: bytes.count) }
    defer { place += count }
    return bytes[place..<(place + count)]
  }

  /// Reads a number of at most 32 bits in its shortest form; `field` is to blame for anything else.
  mutating func readNumber(_ field: Container.Field) throws(EntropyCodingError) -> Int {
    var value = 0
    for group in 0..<5 {
      let byte = try readBytes(1).reduce(0) { $0 + Int($1) }
      value |= (byte & 127) << (7 * group)
      guard byte < 128 else { continue }
      if (byte == 0 && group > 0) || value > Int(UInt32.max) { break }
      return value
    }
    throw .containerField(name: name, field: field)
  }

  mutating func readWord() throws(EntropyCodingError) -> UInt32 {
    try readBytes(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}
