import Configuration
import Datasets
import Foundation
import Images
import Registry
import Testing

/// CLIC, Vimeo-90K, Tecnick and data sets that are joined.
@Suite struct DataModulesTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func module(_ name: String, _ arguments: [(String, Node)]) throws -> DataModule {
    try Catalogue(DatasetEntries.all).build(Component<DatasetKind>(name, Node.map(arguments.map { ($0.0, $0.1) })))
  }

  private func path(_ name: String) -> Node { Node(.string("\(folder.path)/\(name)")) }

  private func add(_ names: [String], side: Int = 8) throws {
    for (number, name) in names.enumerated() { try folder.add(name, image: testImage(width: side, height: side, first: number * 9)) }
  }

  private func names(_ module: DataModule, _ stage: Stage) throws -> [String] { try folder.names(of: module.files(stage).files ?? []) }

  // MARK: CLIC

  @Test func clicTakesTheFoldersOfTheChallenge() throws {
    try add([
      "2020/professional/train/a.png", "2020/mobile/train/b.png", "professional_valid_2020/c.png", "2020/mobile/valid/valid/d.png",
      "2020/professional/test/e.png", "2021/professional/test/f.png",
    ])
    let both = try module("datasets.CLIC", [("data_dir", Node(.string(folder.path)))])
    #expect(try names(both, .train) == ["2020/professional/train/a.png", "2020/mobile/train/b.png"])
    #expect(try names(both, .validate) == ["professional_valid_2020/c.png", "2020/mobile/valid/valid/d.png"])
    #expect(try both.files(.validate).groupSizes == [1, 1])
    let lacking = DatasetError.noPart(path: "\(folder.path)/2021/mobile/test", set: "clic")
    #expect(throws: lacking) { try both.files(.test) }
    let professional = try module("datasets.CLIC", [("data_dir", Node(.string(folder.path))), ("variant", "professional")])
    #expect(try names(professional, .test) == ["2021/professional/test/f.png"])
    #expect(try names(professional, .train) == ["2020/professional/train/a.png"])
    let earlier = try module("datasets.CLIC", [("data_dir", Node(.string(folder.path))), ("variant", "professional"), ("year", 2020)])
    #expect(try names(earlier, .test) == ["2020/professional/test/e.png"])
  }

  @Test func clicTakesAnyOtherFolderAsItIs() throws {
    try add(["val/a.png", "test/b.png"])
    let data = try module("datasets.CLIC", [("data_dir", Node(.string(folder.path)))])
    #expect(try names(data, .test) == ["test/b.png"])
    #expect(throws: DatasetError.noFolder(path: "\(folder.path)/x", set: "clic")) {
      try module("datasets.CLIC", [("data_dir", path("x"))]).files(.test)
    }
  }

  @Test(arguments: [("year", Node(.int(2019)), "2020 or 2021"), ("variant", Node(.string("pro")), "professional")])
  func clicRefusesWhatThereIsNot(key: String, value: Node, words: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try module("datasets.CLIC", [(key, value)]) }
    #expect("\(error)".contains(words), "\(error)")
  }

  // MARK: Vimeo-90K

  private func addVimeo(_ train: String = "00001/0001\n00001/0002\r\n\n", prefix: String = "") throws {
    try folder.add("\(prefix)tri_trainlist.txt", bytes: [UInt8](train.utf8))
    try folder.add("\(prefix)tri_testlist.txt", bytes: [UInt8]("00002/0001\n".utf8))
    let sequences = ["00001/0001", "00001/0002", "00002/0001"]
    try add(sequences.flatMap { sequence in (1...3).map { "\(prefix)sequences/\(sequence)/im\($0).png" } })
  }

  @Test(arguments: ["", "vimeo_triplet/"])
  func vimeoTakesItsLists(prefix: String) throws {
    try addVimeo(prefix: prefix)
    let all = try module("datasets.Vimeo90K", [("data_dir", Node(.string(folder.path)))])
    #expect(
      try names(all, .train) == ["1/im1", "1/im2", "1/im3", "2/im1", "2/im2", "2/im3"].map { "\(prefix)sequences/00001/000\($0).png" })
    #expect(try names(all, .test) == (1...3).map { "\(prefix)sequences/00002/0001/im\($0).png" })
    let middle = try module("datasets.Vimeo90K", [("data_dir", Node(.string(folder.path))), ("frames", "middle")])
    #expect(try names(middle, .train) == ["1", "2"].map { "\(prefix)sequences/00001/000\($0)/im2.png" })
  }

  @Test func vimeoDrawsAFrameForEachStep() throws {
    try addVimeo()
    let data = try module(
      "datasets.Vimeo90K",
      [("data_dir", Node(.string(folder.path))), ("frames", "random"), ("batch_size", 2), ("transform", "NoCrop"), ("num_workers", 2)])
    #expect(try data.files(.train).count == 2 && data.files(.train).files == nil)
    let batches = try data.loader(.train, seed: 3, endStep: 40).take(40)
    let frames = batches.flatMap(\.names).map { String($0.suffix(7)) }
    #expect(Set(frames) == ["im1.png", "im2.png", "im3.png"])
    #expect(batches.allSatisfy { batch in batch.count == 2 && Set(batch.indices) == [0, 1] })
    #expect(try data.loader(.train, seed: 3, startStep: 17, endStep: 40).take(40) == Array(batches[17...]))
    #expect(try names(data, .test) == ["sequences/00002/0001/im2.png"])
  }

  @Test func vimeoSaysWhatIsWrong() throws {
    let data = { try module("datasets.Vimeo90K", [("data_dir", Node(.string(folder.path)))]).files(.train) }
    #expect(throws: DatasetError.noPart(path: "\(folder.path)/tri_trainlist.txt", set: "vimeo90k")) { try data() }
    try folder.add("tri_trainlist.txt", bytes: [UInt8]("00001/0001\n../etc\n".utf8))
    #expect(throws: DatasetError.badLine(path: "\(folder.path)/tri_trainlist.txt", line: 2, text: "../etc")) { try data() }
    try folder.add("tri_trainlist.txt", bytes: [UInt8]("00009/0001\n".utf8))
    #expect(throws: DatasetError.noPart(path: "\(folder.path)/sequences/00009/0001/im1.png", set: "vimeo90k")) { try data() }
    try folder.add("tri_trainlist.txt", bytes: [UInt8]("\n".utf8))
    #expect(throws: DatasetError.self) { try data() }
    #expect(throws: ConfigurationError.self) { try module("datasets.Vimeo90K", [("frames_per_sequence", 5)]) }
  }

  // MARK: Tecnick, notes

  @Test func tecnickTakesTheFolderOfTheArchive() throws {
    try add(["TESTIMAGES/RGB/RGB_OR_1200x1200/a.png", "TESTIMAGES/RGB/RGB_R02_0600x0600/b.png"])
    let data = try module("datasets.Tecnick", [("data_dir", Node(.string(folder.path)))])
    #expect(try names(data, .test) == ["TESTIMAGES/RGB/RGB_OR_1200x1200/a.png"])
    #expect(try data.notes(.test) == ["the set tecnick has 100 pictures, and 1 were found"])
  }

  @Test func nothingIsOddAboutOnesOwnPictures() throws {
    try add(["a.png"])
    #expect(try module("datasets.ImageFolder", [("data_dir", Node(.string(folder.path)))]).notes(.test).isEmpty)
    #expect(throws: DatasetError.noFolder(path: "\(folder.path)/x", set: "kodak")) {
      try module("datasets.Kodak", [("data_dir", path("x"))]).files(.test)
    }
  }

  // MARK: Joined

  private func part(_ name: String, transform: Node? = nil) -> Node {
    var arguments: [(String, Node)] = [("data_dir", path(name))]
    if let transform { arguments.append(("transform", transform)) }
    return Node.map([("class_path", "datasets.ImageFolder"), ("init_args", Node.map(arguments))])
  }

  @Test func joinsInOrder() throws {
    try add(["a/1.png", "a/2.png", "b/x/3.png", "b/4.png"])
    let data = try module("datasets.Joined", [("datasets", Node(.list([part("a"), part("b")]))), ("batch_size", 3)])
    #expect(try names(data, .train) == ["a/1.png", "a/2.png", "b/4.png", "b/x/3.png"])
    #expect(data.folder == folder.path)
    #expect(try data.files(.test).groupSizes == [2, 1, 1])
    #expect(try data.testFiles(limit: nil).count == 4)
    #expect(try data.plan(.train, seed: 1).stepsPerEpoch == 2)
    #expect(try data.plan(.train, seed: 1, worldSize: 2).stepsPerEpoch == 1)
  }

  @Test func weightsChangeTheShares() throws {
    try add((0..<6).map { "a/\($0).png" } + ["b/x.png", "b/y.png"])
    let data = try module(
      "datasets.Joined",
      [
        ("datasets", Node(.list([part("a"), part("b")]))), ("weights", Node(.list([1, 1]))), ("batch_size", 4), ("transform", "NoCrop"),
      ])
    let epoch = try data.loader(.train, seed: 1, endStep: 2).take(2)
    #expect(epoch.flatMap(\.names).count { $0.contains("/b/") } == 4)
  }

  @Test func aPartKeepsItsTransformAndTheOthersTakeTheCommonOne() throws {
    try add(["a/1.png", "b/2.png"])
    let crop: Node = ["class_path": "transform.CenterCrop", "init_args": ["patch_size": 4]]
    let resize: Node = [
      "class_path": "transform.Resize", "init_args": ["shorter_side": 4],
    ]
    let data = try module(
      "datasets.Joined",
      [("datasets", Node(.list([part("a"), part("b", transform: resize)]))), ("batch_size", 2), ("transform", crop)])
    let batch = try #require(try data.loader(.train, seed: 1).next())
    let (first, second) = (testImage(width: 8, height: 8), testImage(width: 8, height: 8, first: 9))
    let expected = [first.cropped(x: 2, y: 2, width: 4, height: 4), second.resized(width: 4, height: 4)]
    for (index, name) in batch.names.enumerated() {
      let own = Array(batch.pixels[(index * 48)..<((index + 1) * 48)])
      #expect(own == expected[name.contains("/a/") ? 0 : 1].pixels)
    }
    #expect(throws: DatasetError.notTestable(reason: "the sets that it joins have transforms of their own")) {
      try data.testFiles(limit: nil)
    }
  }

  @Test func validationAndTestMayHaveTheirOwn() throws {
    try add(["a/1.png", "b/2.png", "kodak/3.png"])
    let kodak = Node.map([
      ("class_path", "datasets.Kodak"),
      ("init_args", Node.map([("data_dir", path("kodak")), ("batch_size", 5), ("transform", "NoCrop")])),
    ])
    let data = try module(
      "datasets.Joined",
      [("datasets", Node(.list([part("a"), part("b")]))), ("batch_size", 2), ("val_data", kodak), ("test_data", kodak)])
    #expect(try names(data, .train) == ["a/1.png", "b/2.png"] && names(data, .validate) == ["kodak/3.png"])
    #expect(data.folder == "\(folder.path)/kodak")
    #expect(data.batchSize == 2 && data.batchSize(.validate) == 5 && data.batchSize(.test) == 5)
    #expect(try data.transform(.test) is NoCrop && data.transform(.train) is CenterCrop)
  }

  @Test(
    arguments: [
      ([], "expected at least one"),
      ([("weights", Node(.list([1])))], "found 1"),
      ([("weights", Node(.list([1, 0])))], "must be positive"),
    ] as [([(String, Node)], String)])
  func saysWhatIsWrongWithTheSettings(arguments: [(String, Node)], words: String) throws {
    let sets: [(String, Node)] = arguments.isEmpty ? [] : [("datasets", Node(.list([part("a"), part("b")])))]
    let error = try #require(throws: ConfigurationError.self) { try module("datasets.Joined", sets + arguments) }
    #expect("\(error)".contains(words), "\(error)")
  }
}
