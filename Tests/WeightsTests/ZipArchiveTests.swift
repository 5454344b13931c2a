import Testing

@testable import Weights

@Suite struct ZipArchiveTests {
  private static let entries: [(name: String, contents: [UInt8])] = [
    ("a", [1, 2, 3]), ("folder/b", []), ("c", [UInt8](repeating: 9, count: 100)),
  ]

  @Test(arguments: [false, true])
  func readsStoredEntries(isLarge: Bool) throws {
    let archive = try ZipArchive(Build.zip(Self.entries, isLarge: isLarge))
    #expect(Set(archive.names) == ["a", "folder/b", "c"])
    for (name, contents) in Self.entries { #expect(try archive.contents(of: name).elementsEqual(contents)) }
    #expect(archive.holds("a") && !archive.holds("d"))
  }

  @Test func acceptsACommentAtTheEnd() throws {
    var bytes = Build.zip(Self.entries)
    bytes.replaceSubrange((bytes.count - 2)..., with: [5, 0] + [UInt8]("hello".utf8))
    #expect(try ZipArchive(bytes).names.count == 3)
  }

  @Test func refusesCompressedEntries() throws {
    let archive = try ZipArchive(Build.zip(Self.entries, method: 8))
    let found = problem { try archive.contents(of: "a") }
    #expect(found == .compressedEntry("a"))
    #expect(found?.description.contains("zip -0") == true)
  }

  @Test func refusesWhatIsMissingDoubleOrDamaged() throws {
    #expect(problem { try ZipArchive(Build.zip(Self.entries)).contents(of: "d") } == .missingEntry("d"))
    #expect(problem { try ZipArchive(Build.zip(Self.entries + Self.entries)) } == .duplicateName("a"))
    var bytes = Build.zip(Self.entries)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: [1, 2, 3]) })
    bytes[place] = 7
    #expect(problem { try ZipArchive(bytes).contents(of: "a") } == .wrongChecksum("a"))
    #expect(problem { try ZipArchive(bytes).contents(of: "a", isChecked: false) } == nil)
    #expect(problem { try ZipArchive([UInt8](bytes.dropLast())) } == .cutShort(part: "the archive, before its directory"))
  }

  @Test(arguments: [false, true])
  func cutsAndMutationsNeverTrap(isLarge: Bool) {
    let bytes = Build.zip(Self.entries, isLarge: isLarge)
    for count in bytes.indices { #expect(problem { try ZipArchive([UInt8](bytes.prefix(count))) } != nil) }
    withMutations(of: bytes, count: 4000) { mutated in
      guard let archive = try? ZipArchive(mutated) else { return }
      for name in archive.names { _ = try? archive.contents(of: name, isChecked: false) }
    }
  }

  @Test func checksum() {
    #expect(CRC32.checksum([]) == 0)
    #expect(CRC32.checksum([UInt8]("123456789".utf8)[...]) == 0xcbf4_3926)
    #expect(CRC32.checksum([UInt8]("x123456789".utf8)[1...]) == 0xcbf4_3926)
  }
}
