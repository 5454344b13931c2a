import Configuration
import Datasets
import Registry
import Testing

struct DatasetEntriesTests {
  private func module(_ name: String, _ arguments: Node = Node(.map([]))) throws -> DataModule {
    try Catalogue(DatasetEntries.all).build(Component<DatasetKind>(name, arguments))
  }

  @Test(arguments: [
    ("datasets.ImageFolder", "data"), ("data_modules.base_data_module.BaseDataModule", "data"), ("datasets.Kodak", "data/kodak"),
    ("data_modules.kodak_data_module.KodakDataModule", "data/kodak"), ("KodakDataModule", "data/kodak"),
    ("datasets.Flickr2W", "data/flicker_2W_images"),
    ("data_modules.flicker_2w_data_module.Flicker2WDataModule", "data/flicker_2W_images"), ("datasets.CLIC", "data/clic"),
    ("datasets.Tecnick", "data/tecnick"), ("datasets.Vimeo90K", "data/vimeo_triplet"),
  ])
  func everyDataSetHasItsFolder(name: String, folder: String) throws {
    #expect(try module(name).folder == folder)
    #expect(try module(name, ["data_dir": "elsewhere", "batch_size": 4]).folder == "elsewhere")
  }

  @Test func allHaveTheSameSettings() throws {
    let shared: Set = ["batch_size", "num_workers", "transform", "val_transform", "test_transform"]
    for entry in try Catalogue(DatasetEntries.all).entries(of: DatasetKind.self) {
      #expect(shared.isSubset(of: entry.argumentNames), "\(entry.classPath)")
    }
  }

  @Test(arguments: [("batch_size", 0), ("num_workers", -1)])
  func numbersOutOfRange(key: String, value: Int) throws {
    let error = try #require(throws: ConfigurationError.self) { try module("datasets.CLIC", Node.map([(key, Node(.int(value)))])) }
    #expect("\(error)".contains(key), "\(error)")
  }

  @Test func aTestIsLimitedInBatches() throws {
    let folder = try TestFolder()
    for name in ["a/0", "a/1", "a/2", "b/0", "b/1"] { try folder.add("\(name).png", image: testImage(width: 4, height: 4)) }
    let module = try module("datasets.Kodak", ["data_dir": Node(.string(folder.path)), "batch_size": 2])
    #expect(try module.testFiles(limit: nil).count == 5)
    // No batch spans two folders: 2, 1, 2.
    #expect(try (1...4).map { try module.testFiles(limit: $0).count } == [2, 3, 5, 5])
    #expect(try folder.names(of: module.testFiles(limit: 2)) == ["a/0.png", "a/1.png", "a/2.png"])
  }

  @Test func anEpochIsLimitedInBatches() throws {
    let folder = try TestFolder()
    for number in 0..<5 { try folder.add("\(number).png", image: testImage(width: 256, height: 256, first: number)) }
    let module = try module("datasets.ImageFolder", ["data_dir": Node(.string(folder.path)), "batch_size": 2])
    #expect(try module.plan(.train, seed: 1).stepsPerEpoch == 3)
    let plan = try module.plan(.train, seed: 1, limit: 2)
    #expect(plan.stepsPerEpoch == 2)
    #expect(try module.plan(.train, seed: 1, limit: 7).stepsPerEpoch == 3)
    let batches = try module.loader(.train, seed: 1, endStep: 4, limit: 2).take(9)
    #expect(batches.map(\.indices) == (0..<4).map { plan.indices(step: $0) })
    // Each epoch has the first batches of an order of its own.
    let whole = try module.plan(.train, seed: 1)
    #expect([0, 1, 2, 3].map { plan.indices(step: $0) } == [0, 1, 3, 4].map { whole.indices(step: $0) })
  }
}
