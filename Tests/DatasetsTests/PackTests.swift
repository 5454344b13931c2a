import Configuration
import Datasets
import Foundation
import Images
import Registry
import Testing

@Suite struct PackTests {
  private let folder: TestFolder
  private let path: String
  private let images: [Image]

  init() throws {
    folder = try TestFolder()
    path = folder.path + "/a.pack"
    images = (0..<5).map { testImage(width: $0 < 3 ? 8 : 6 + $0, height: 6, first: $0 * 17) }
  }

  private func write() throws {
    let writer = try PackWriter(path)
    for (number, image) in images.enumerated() { try writer.append(image, name: "folder/ä\(number).png") }
    #expect(!FileManager.default.fileExists(atPath: path))
    try writer.finish()
    #expect(writer.count == 5)
  }

  private func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

  @Test func givesBackWhatWasWritten() throws {
    try write()
    let pack = try Pack(path)
    #expect(pack.groupSizes == [3, 1, 1] && pack.count == 5 && pack.files == nil)
    for (number, image) in images.enumerated() {
      #expect(try pack.image(number) == image)
      #expect(pack.name(number) == "folder/ä\(number).png")
      #expect(pack.size(number) == (image.width, image.height))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.pack"])
  }

  @Test func leavesNothingWhenItIsNotFinished() throws {
    do {
      let writer = try PackWriter(path)
      try writer.append(images[0], name: "x")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func everyCutIsNoticed() throws {
    try write()
    let whole = try bytes()
    for count in 0..<whole.count {
      try Data(whole[..<count]).write(to: URL(fileURLWithPath: path))
      #expect(throws: PackError.self, "\(count) bytes") { try Pack(path) }
    }
    try Data(whole + [0]).write(to: URL(fileURLWithPath: path))
    #expect(throws: PackError.length(path: path, expected: whole.count, found: whole.count + 1)) { try Pack(path) }
  }

  @Test func everyDamageIsNoticed() throws {
    try write()
    let whole = try bytes()
    for place in 0..<whole.count where !(48..<64).contains(place) {
      var damaged = whole
      damaged[place] ^= 0x41
      try Data(damaged).write(to: URL(fileURLWithPath: path))
      #expect(throws: PackError.self, "byte \(place)") {
        let pack = try Pack(path)
        for number in 0..<5 { _ = try pack.image(number) }
      }
    }
  }

  @Test func saysWhatIsWrong() throws {
    try folder.add("b.pack", bytes: [UInt8]("hello, this is no pack".utf8))
    #expect(throws: PackError.notAPack(path: folder.path + "/b.pack")) { try Pack(folder.path + "/b.pack") }
    #expect(throws: PackError.self) { try Pack(folder.path + "/missing.pack") }
    #expect(throws: PackError.self) { try Pack(folder.path) }
    #expect(
      PackError.length(path: "a", expected: 9, found: 3).description
        == "the pack 'a' has 3 bytes instead of 9: it is cut or was written over; copy it again or make it anew")
    #expect(
      PackError.damaged(path: "a", part: "the index").description
        == "the pack 'a' is damaged (the index); copy it again or make it anew")
  }

  @Test func isADataSet() throws {
    try write()
    let module: DataModule = try Catalogue(DatasetEntries.all).build(
      Component<DatasetKind>(
        "datasets.Pack",
        [
          "data_file": Node(.string(path)), "batch_size": 2,
          "transform": ["class_path": "transform.RandomCrop", "init_args": ["patch_size": 4]],
        ]))
    let batches = try module.loader(.train, seed: 1, endStep: 3).take(3)
    #expect(batches.flatMap(\.indices).sorted() == [0, 1, 2, 3, 4])
    #expect(batches[0].names[0].hasPrefix("\(path):folder/"))
    #expect(try module.loader(.validate, seed: 1).take(9).map(\.indices) == [[0, 1], [2], [3], [4]])
    #expect(throws: DatasetError.notTestable(reason: "it has no file for each picture")) { try module.testFiles(limit: nil) }
  }

  @Test func tilesDoNotOverlap() {
    let image = testImage(width: 11, height: 7)
    let tiles = ImageTiles.cut(image, side: 3)
    #expect(tiles.map(\.x) == [1, 4, 7, 1, 4, 7] && tiles.map(\.y) == [0, 0, 0, 3, 3, 3])
    #expect(tiles.allSatisfy { $0.image == image.cropped(x: $0.x, y: $0.y, width: 3, height: 3) })
    #expect(ImageTiles.cut(image, side: 8).isEmpty)
  }
}
