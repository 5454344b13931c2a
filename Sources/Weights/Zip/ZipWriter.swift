/// Writes a zip archive whose entries are stored without compression, each beginning at a multiple of 64 bytes as PyTorch's do.
struct ZipWriter {
  /// The largest archive: sizes and places have 32 bits here.
  static let largestSize = Int(UInt32.max) - 1

  private static let alignment = 64
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Creates an empty archive that will take about `capacity` bytes.
  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Appends an entry.
  mutating func add(_ name: String, _ contents: [UInt8]) {
    let begin = bytes.count
    let name = Array(name.utf8)
    // An extra field of its own kind fills the room before the contents; 4 bytes are its kind and size.
    let start = begin + 30 + name.count + 4
    let filling = (Self.alignment - start % Self.alignment) % Self.alignment
    let common = Self.common(contents, nameCount: name.count)
    bytes += ZipArchive.magic + common
    bytes.append(littleEndian: UInt16(4 + filling))
    bytes += name
    bytes += [0x46, 0x42]
    bytes.append(littleEndian: UInt16(filling))
    bytes += [UInt8](repeating: 0x5a, count: filling)
    bytes += contents

    directory += [0x50, 0x4b, 0x01, 0x02, 20, 0] + common
    // No extra field, no comment, the first disk, no attributes.
    directory += [UInt8](repeating: 0, count: 12)
    directory.append(littleEndian: UInt32(begin))
    directory += name
    count += 1
  }

  /// Returns the whole archive.
  ///
  /// - Throws: ``WeightsProblem/archiveTooLarge(bytes:limit:)`` when the numbers of the format do not suffice.
  func archive() throws(WeightsProblem) -> [UInt8] {
    let size = bytes.count + directory.count + 22
    guard size <= Self.largestSize, count < 0xffff else { throw .archiveTooLarge(bytes: size, limit: Self.largestSize) }
    var end: [UInt8] = [0x50, 0x4b, 0x05, 0x06, 0, 0, 0, 0]
    for _ in 0..<2 { end.append(littleEndian: UInt16(count)) }
    end.append(littleEndian: UInt32(directory.count))
    end.append(littleEndian: UInt32(bytes.count))
    return bytes + directory + end + [0, 0]
  }

  /// The version, flags, method, date, checksum and sizes, and the length of the name, which a record and its entry have alike.
  ///
  /// The date is the format's first, 1980-01-01, so that equal contents give equal files.
  private static func common(_ contents: [UInt8], nameCount: Int) -> [UInt8] {
    var fields: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]
    fields.append(littleEndian: CRC32.checksum(contents[...]))
    for _ in 0..<2 { fields.append(littleEndian: UInt32(truncatingIfNeeded: contents.count)) }
    fields.append(littleEndian: UInt16(nameCount))
    return fields
  }
}
