/// Bytes of a container being written.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ more: some Collection<UInt8>) { bytes += more }

  /// Writes a number in groups of 7 bits, the lowest first; the top bit says that another group follows.
  mutating func write(number: Int) {
    precondition(number >= 0, "only numbers from 0 on can be written")
    var rest = number
    while rest > 127 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(word: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
  }
}
