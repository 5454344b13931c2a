/// Where the central directory of a zip archive is, found from the record at the file's end.
struct ZipDirectory {
  let range: Range<Int>
  let entryCount: Int

  private static let part = "the archive's end record"

  init(_ bytes: [UInt8]) throws(WeightsProblem) {
    let record = try Self.endRecord(bytes)
    var reader = ByteReader(bytes, range: record..<bytes.count, part: Self.part)
    _ = try reader.range(10)
    var count = Int(try reader.littleEndian(UInt16.self))
    var size = Int(try reader.littleEndian(UInt32.self))
    var offset = Int(try reader.littleEndian(UInt32.self))
    if let large = try Self.largeRecord(bytes, before: record) {
      var reader = ByteReader(bytes, range: large..<record, part: Self.part)
      guard try reader.littleEndian(UInt32.self) == 0x0606_4b50 else { throw reader.malformed("no ZIP64 record begins here") }
      _ = try reader.range(28)
      count = try reader.count64()
      size = try reader.count64()
      offset = try reader.count64()
    }
    let (end, overflow) = offset.addingReportingOverflow(size)
    guard !overflow, end <= record else { throw .cutShort(part: "the archive's directory") }
    range = offset..<end
    entryCount = count
  }

  /// Returns where the end record begins; a comment of up to 65535 bytes may follow it.
  private static func endRecord(_ bytes: [UInt8]) throws(WeightsProblem) -> Int {
    let size = 22
    var start = bytes.count - size
    while start >= max(0, bytes.count - size - 0xffff) {
      if bytes[start] == 0x50, bytes[start..<(start + 4)].elementsEqual([0x50, 0x4b, 0x05, 0x06]) {
        let commentLength = Int(bytes[start + 20]) | Int(bytes[start + 21]) << 8
        if start + size + commentLength == bytes.count { return start }
      }
      start -= 1
    }
    throw .cutShort(part: "the archive, before its directory")
  }

  /// Returns where the ZIP64 end record begins, if the locator in front of the end record names one.
  private static func largeRecord(_ bytes: [UInt8], before record: Int) throws(WeightsProblem) -> Int? {
    guard record >= 20 else { return nil }
    var reader = ByteReader(bytes, range: (record - 20)..<record, part: part)
    guard try reader.littleEndian(UInt32.self) == 0x0706_4b50 else { return nil }
    _ = try reader.range(4)
    let offset = try reader.count64()
    guard offset <= record else { throw .cutShort(part: part) }
    return offset
  }
}
