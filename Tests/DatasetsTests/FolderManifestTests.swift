import Datasets
import Downloads
import Foundation
import Images
import Registry
import Testing

@Suite struct FolderManifestTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    for (number, name) in ["b.png", "x/a.png", "x/c.png"].enumerated() {
      try folder.add(name, image: testImage(width: 4 + number, height: 3, first: number * 40))
    }
  }

  @Test func describesEveryPicture() throws {
    let manifest = try FolderManifest(of: folder.path)
    #expect(manifest.files.map(\.path) == ["b.png", "x/a.png", "x/c.png"])
    #expect(manifest.files.map(\.width) == [4, 5, 6] && manifest.files.allSatisfy { $0.height == 3 && $0.sha256.count == 64 })
    let path = folder.path + "/manifest.json"
    try manifest.write(to: path)
    #expect(try FolderManifest.read(path) == manifest)
    #expect(manifest.listSHA256.count == 64)
  }

  @Test func findsWhatIsWrong() throws {
    let manifest = try FolderManifest(of: folder.path)
    #expect(try manifest.verify(folder.path).wrong.isEmpty)
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "/b.png")))
    bytes[bytes.count - 9] ^= 1
    try folder.add("b.png", bytes: bytes)
    try folder.add("x/a.png", bytes: [1, 2])
    try FileManager.default.removeItem(atPath: folder.path + "/x/c.png")
    try folder.add("new.png", bytes: [1])
    let (wrong, unknown) = try manifest.verify(folder.path)
    #expect(wrong.map(\.path) == ["b.png", "x/a.png", "x/c.png"] && unknown == ["new.png"])
    #expect(wrong[0].sentence.hasPrefix("has other contents") && wrong[2].sentence == "is missing")
    #expect(wrong[1].sentence.hasPrefix("has 2 bytes instead of"))
    #expect(throws: ManifestError.stopped) { try manifest.verify(folder.path, shouldStop: { true }) }
  }

  @Test(arguments: [
    ("{", "it is no JSON"), ("{}", "'schema' is missing"),
    ("{\"schema\": 1, \"files\": [], \"sources\": []}", "'schema' is of another type"),
    ("{\"schema\": \"x/1\", \"files\": [], \"sources\": []}", "its schema is 'x/1' instead of 'benchpresso.manifest/1'"),
  ])
  func saysWhatIsNoManifest(text: String, reason: String) throws {
    let path = try folder.add("m.json", bytes: [UInt8](text.utf8))
    #expect(throws: ManifestError.unreadable(path: path, reason: reason)) { try FolderManifest.read(path) }
  }

  /// The samples count, not how the PNG is packed.
  @Test func knowsTheSamplesOfASet() throws {
    let kodak = try #require(KnownDataset.named("Kodak"))
    #expect(kodak.samples.count == 24 && kodak.parts.flatMap(\.files).count == 24)
    let path = try folder.add("kodim01.png", image: testImage(width: 4, height: 4))
    let mistake = try #require(try kodak.sampleMistake(path, name: "kodim01.png"))
    #expect(mistake.contains(SampleDigest.sha256(testImage(width: 4, height: 4))))
    #expect(try kodak.sampleMistake(path, name: "other.png") == nil)
    let (wrong, unknown) = try kodak.verify(folder.path)
    #expect(wrong.count == 24 && unknown.sorted() == ["b.png", "x/a.png", "x/c.png"])
    // printf 'P6\n1 1\n255\nabc' | sha256sum
    let pixel = Image(width: 1, height: 1, pixels: [UInt8]("abc".utf8))
    #expect(SampleDigest.sha256(pixel) == "6f34bb241e4a2536aa5fbba892a060f9da38cb2fdbd4a5c66728bf714e5e46a5")
  }

  @Test func everySetIsKnownByName() {
    #expect(KnownDataset.all.map(\.name) == KnownDataset.all.map(\.name).sorted())
    for set in KnownDataset.all {
      #expect(KnownDataset.named(set.name) == set && KnownDataset.named(set.classPath) == set)
      #expect(!set.parts.isEmpty || set.byHand != nil)
      #expect(DatasetEntries.all.contains { $0.classPath == set.classPath })
      for file in set.parts.flatMap(\.files) {
        #expect(file.sha256.map { $0.count == 64 } ?? true)
        #expect(file.address.hasPrefix("http") && !file.path.hasPrefix("/"))
      }
    }
    #expect(KnownDataset.named("nothing") == nil)
  }
}
