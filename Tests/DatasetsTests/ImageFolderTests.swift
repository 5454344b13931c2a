import Datasets
import Foundation
import Testing

@Suite struct ImageFolderTests {
  @Test func listsAFlatFolderForEveryStage() throws {
    let folder = try TestFolder()
    for name in [
      "b.PNG", "a.jpeg", "c.txt", ".hidden.png", "class_1/x.Jpg", "class_0/y.ppm", "class_0/z.png", ".git/q.png", "a/deep/w.png",
    ] {
      try folder.add(name)
    }
    for stage in Stage.allCases {
      let list = try ImageFolder(folder.path, stage: stage)
      #expect(folder.names(of: list.files) == ["a.jpeg", "b.PNG", "a/deep/w.png", "class_0/y.ppm", "class_0/z.png", "class_1/x.Jpg"])
      #expect(list.groupSizes == [2, 1, 2, 1])
    }
    #expect(try ImageFolder(folder.path + "/", stage: .test).files.first == folder.path + "/a.jpeg")
  }

  @Test(arguments: ["val", "valid", "eval"])
  func keepsSplitsApart(validation: String) throws {
    let folder = try TestFolder()
    for name in ["train/1.png", "\(validation)/2.png", "test/class_0/3.png", "4.png"] { try folder.add(name) }
    let lists = try Stage.allCases.map { folder.names(of: try ImageFolder(folder.path, stage: $0).files) }
    #expect(lists == [["train/1.png"], ["\(validation)/2.png"], ["test/class_0/3.png"]])
  }

  @Test func refusesWhatIsMissingOrUnclear() throws {
    let folder = try TestFolder()
    #expect(throws: DatasetError.noPictures(path: folder.path)) { try ImageFolder(folder.path, stage: .train) }
    #expect(throws: DatasetError.noFolder(path: folder.path + "/x")) { try ImageFolder(folder.path + "/x", stage: .train) }
    let file = try folder.add("train/1.png")
    #expect(throws: DatasetError.noFolder(path: file)) { try ImageFolder(file, stage: .train) }
    #expect(throws: DatasetError.noSplit(path: folder.path, stage: .validate, found: ["train"])) {
      try ImageFolder(folder.path, stage: .validate)
    }
    try folder.add("eval/1.txt")
    #expect(throws: DatasetError.noPictures(path: folder.path + "/eval")) { try ImageFolder(folder.path, stage: .validate) }
    try folder.add("val/1.png")
    #expect(throws: DatasetError.ambiguousSplit(path: folder.path, stage: .validate, found: ["val", "eval"])) {
      try ImageFolder(folder.path, stage: .validate)
    }
  }

  @Test func refusesALinkInACircle() throws {
    let folder = try TestFolder()
    try folder.add("1.png")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/again", withDestinationPath: folder.path)
    #expect(throws: DatasetError.self) { try ImageFolder(folder.path, stage: .train) }
  }

  @Test func makesPlans() throws {
    let folder = try TestFolder()
    for index in 0..<5 { try folder.add("\(index).png", image: testImage(width: 4, height: 4, first: index)) }
    let source = try ImageFolder(folder.path, stage: .test).source
    let plan = try source.plan(for: .test, batchSize: 2, seed: 1)
    #expect((0..<plan.stepsPerEpoch).map { plan.indices(step: $0) } == [[0, 1], [2, 3], [4]])
    let loader = try BatchLoader(source, plan: source.plan(for: .train, batchSize: 2, seed: 1), transform: NoCrop(), seed: 1)
    let train = try loader.take(6)
    #expect(train.prefix(3).flatMap(\.indices).sorted() == [0, 1, 2, 3, 4])
    #expect(train.suffix(3).flatMap(\.indices).sorted() == [0, 1, 2, 3, 4])
  }
}
