/// Damages bytes in the ways that disks, transfers and attackers do.
package struct Mutator {
  /// Where the changes come from.
  package var generator: SplitMix64

  /// Creates a mutator.
  package init(generator: SplitMix64) { self.generator = generator }

  /// Returns `bytes` with one to three changes; `other` lends bytes for splices.
  package mutating func mutate(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...3, using: &generator) { change(&result, with: other) }
    return result
  }

  private mutating func change(_ bytes: inout [UInt8], with other: [UInt8]) {
    switch Int.random(in: 0..<8, using: &generator) {
    case 0, 1: flipBits(&bytes)
    case 2: bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
    case 3: for _ in 0..<Int.random(in: 1...9, using: &generator) { bytes.append(interestingByte()) }
    case 4: splice(&bytes, with: other)
    case 5: editWord(&bytes)
    default: editLength(&bytes)
    }
  }

  private mutating func flipBits(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    for _ in 0..<Int.random(in: 1...8, using: &generator) {
      bytes[Int.random(in: bytes.indices, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    }
  }

  private mutating func splice(_ bytes: inout [UInt8], with other: [UInt8]) {
    let head = Int.random(in: 0...bytes.count, using: &generator)
    let tail = Int.random(in: 0...other.count, using: &generator)
    bytes = Array(bytes[..<head] + other[tail...])
  }

  /// Removes, doubles or overwrites a 4-byte word, which keeps a stream's length plausible.
  private mutating func editWord(_ bytes: inout [UInt8]) {
    guard bytes.count >= 4 else { return }
    let place = 4 * Int.random(in: 0..<(bytes.count / 4), using: &generator)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: bytes.removeSubrange(place..<(place + 4))
    case 1: bytes.insert(contentsOf: bytes[place..<(place + 4)], at: place)
    default: for index in place..<(place + 4) { bytes[index] = interestingByte() }
    }
  }

  /// Overwrites bytes near the beginning, where a container keeps its sizes, counts and lengths.
  private mutating func editLength(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<min(bytes.count, 64), using: &generator)
    for index in place..<min(bytes.count, place + Int.random(in: 1...6, using: &generator)) { bytes[index] = interestingByte() }
  }

  private mutating func interestingByte() -> UInt8 {
    [0, 1, 3, 0x7F, 0x80, 0xFE, 0xFF, UInt8.random(in: 0...255, using: &generator)][Int.random(in: 0..<8, using: &generator)]
  }
}
