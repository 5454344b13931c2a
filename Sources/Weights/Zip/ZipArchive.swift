/// A zip archive whose entries are stored without compression, as torch.save writes it.
///
/// The central directory at the end of the file is what counts; both the plain and the ZIP64 form are read.
struct ZipArchive {
  /// The first bytes of an archive that has an entry.
  static let magic: [UInt8] = [0x50, 0x4b, 0x03, 0x04]

  private let bytes: [UInt8]
  private var entries: [String: Entry] = [:]

  private struct Entry {
    let checksum: UInt32
    let size: Int
    let isStored: Bool
    let headerOffset: Int
  }

  init(_ bytes: [UInt8]) throws(WeightsProblem) {
    self.bytes = bytes
    let directory = try ZipDirectory(bytes)
    var reader = ByteReader(bytes, range: directory.range, part: "the archive's directory")
    for _ in 0..<directory.entryCount {
      let (name, entry) = try Self.entry(&reader)
      guard entries.updateValue(entry, forKey: name) == nil else { throw .duplicateName(name) }
    }
  }

  /// The size of the whole archive.
  var byteCount: Int { bytes.count }

  /// The names of the entries in no order.
  var names: [String] { [String](entries.keys) }

  /// Whether there is an entry called `name`.
  func holds(_ name: String) -> Bool { entries[name] != nil }

  /// Returns the contents of the entry called `name`, after checking its checksum unless `isChecked` is false.
  func contents(of name: String, isChecked: Bool = true) throws(WeightsProblem) -> ArraySlice<UInt8> {
    guard let entry = entries[name] else { throw .missingEntry(name) }
    guard entry.isStored else { throw .compressedEntry(name) }
    guard entry.headerOffset < bytes.count else { throw .cutShort(part: "the archive entry '\(name)'") }
    var reader = ByteReader(bytes, range: entry.headerOffset..<bytes.count, part: "the archive entry '\(name)'")
    guard bytes[try reader.range(4)].elementsEqual(Self.magic) else { throw reader.malformed("no entry begins here") }
    _ = try reader.range(22)
    let nameLength = Int(try reader.littleEndian(UInt16.self))
    let extraLength = Int(try reader.littleEndian(UInt16.self))
    _ = try reader.range(nameLength + extraLength)
    let contents = bytes[try reader.range(entry.size)]
    if isChecked, CRC32.checksum(contents) != entry.checksum { throw .wrongChecksum(name) }
    return contents
  }

  /// Checks the checksum of every entry that is stored without compression.
  func checkStoredEntries() throws(WeightsProblem) {
    for name in entries.filter(\.value.isStored).keys.sorted() { _ = try contents(of: name) }
  }

  /// Reads one record of the central directory.
  private static func entry(_ reader: inout ByteReader) throws(WeightsProblem) -> (String, Entry) {
    guard try reader.littleEndian(UInt32.self) == 0x0201_4b50 else { throw reader.malformed("no directory record begins here") }
    _ = try reader.range(4)
    let flags = try reader.littleEndian(UInt16.self)
    let method = try reader.littleEndian(UInt16.self)
    _ = try reader.range(4)
    let checksum = try reader.littleEndian(UInt32.self)
    var packedSize = Int(try reader.littleEndian(UInt32.self))
    var size = Int(try reader.littleEndian(UInt32.self))
    let nameLength = Int(try reader.littleEndian(UInt16.self))
    let extraLength = Int(try reader.littleEndian(UInt16.self))
    let commentLength = Int(try reader.littleEndian(UInt16.self))
    _ = try reader.range(8)
    var headerOffset = Int(try reader.littleEndian(UInt32.self))
    let name = try reader.text(nameLength)
    let extra = try reader.range(extraLength)
    _ = try reader.range(commentLength)
    if flags & 1 != 0 { throw reader.malformed("the entry '\(name)' is encrypted") }

    var extraReader = ByteReader(reader.bytes, range: extra, part: "the archive's directory")
    while extraReader.remaining >= 4 {
      let kind = try extraReader.littleEndian(UInt16.self)
      let field = try extraReader.range(Int(try extraReader.littleEndian(UInt16.self)))
      guard kind == 1 else { continue }
      // The ZIP64 field has 8 bytes for each of these whose 32 bits are all ones, in this order.
      var large = ByteReader(reader.bytes, range: field, part: "the archive's directory")
      if size == 0xffff_ffff { size = try large.count64() }
      if packedSize == 0xffff_ffff { packedSize = try large.count64() }
      if headerOffset == 0xffff_ffff { headerOffset = try large.count64() }
    }
    let isStored = method == 0 && size == packedSize
    return (name, Entry(checksum: checksum, size: size, isStored: isStored, headerOffset: headerOffset))
  }
}
