import Downloads
import Foundation
import Testing

@Suite(.enabled(if: Programs.areThere, "needs curl and unzip")) struct ZipUnpackerTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// Writes an archive of stored entries.
  private func archive(_ entries: [(name: String, text: String)], link: Bool = false, damage: Bool = false) throws -> String {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (number, entry) in entries.enumerated() {
      let (name, contents) = (Array(entry.name.utf8), Array(entry.text.utf8))
      let place = bytes.count
      let common =
        Self.little(20, 2) + Self.little(0, 8) + Self.little(Self.checksum(contents), 4) + Self.little(contents.count, 4)
        + Self.little(contents.count, 4) + Self.little(name.count, 2) + Self.little(0, 2)
      bytes += Self.little(0x0403_4b50, 4) + common + name + contents
      let mode = link && number == 0 ? 0o120777 : 0o100644
      directory += Self.little(0x0201_4b50, 4) + Self.little(3 << 8 | 20, 2) + common + Self.little(0, 6) + Self.little(mode << 16, 4)
      directory += Self.little(place, 4) + name
    }
    let start = bytes.count
    bytes += directory + Self.little(0x0605_4b50, 4) + Self.little(0, 4) + Self.little(entries.count, 2) + Self.little(entries.count, 2)
    bytes += Self.little(directory.count, 4) + Self.little(start, 4) + Self.little(0, 2)
    if damage { bytes[32 + entries[0].name.utf8.count] ^= 1 }
    try folder.add("a.zip", bytes)
    return "\(folder.path)/a.zip"
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    var value = UInt32.max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
    return Int(~value)
  }

  @Test func unpacks() throws {
    let path = try archive([("x/a.txt", "one"), ("b with blanks.txt", "two!")])
    let contents = try ZipUnpacker(path).unpack(into: "\(folder.path)/out/deep")
    #expect(contents.entryCount == 2 && contents.size == 7)
    #expect(folder.bytes("out/deep/x/a.txt") == [UInt8]("one".utf8) && folder.bytes("out/deep/b with blanks.txt") == [UInt8]("two!".utf8))
    #expect(!folder.names.contains { $0.hasSuffix(".unpacking") })
  }

  @Test func dropsAFolderOfTheSameName() throws {
    let path = try archive([("valid/a.txt", "one"), ("valid/b.txt", "two")])
    _ = try ZipUnpacker(path).unpack(into: "\(folder.path)/valid")
    #expect(folder.names == ["a.zip", "valid", "valid/a.txt", "valid/b.txt"])
  }

  @Test(arguments: ["../evil.txt", "x/../../evil.txt", "/evil.txt", "x\\..\\evil.txt", "~/evil.txt"])
  func refusesNamesThatLeadOut(name: String) throws {
    let path = try archive([("good.txt", "one"), (name, "two")])
    #expect(throws: DownloadError.unsafeEntry(archive: path, entry: name)) { try ZipUnpacker(path).unpack(into: "\(folder.path)/out") }
    #expect(folder.names == ["a.zip"])
  }

  @Test func refusesLinks() throws {
    let path = try archive([("link", "/etc")], link: true)
    #expect(throws: DownloadError.unsafeEntry(archive: path, entry: "link")) { try ZipUnpacker(path).unpack(into: "\(folder.path)/out") }
  }

  @Test func refusesWhatIsDamaged() throws {
    let path = try archive([("a.txt", "one")], damage: true)
    let error = try #require(throws: DownloadError.self) { try ZipUnpacker(path).unpack(into: "\(folder.path)/out") }
    #expect("\(error)".contains("cannot be unpacked"), "\(error)")
    #expect(!folder.names.contains("out"))
    try folder.add("a.zip", [1, 2, 3])
    #expect(throws: DownloadError.self) { try ZipUnpacker(path).unpack(into: "\(folder.path)/out") }
  }
}
