import Configuration
import Datasets
import Foundation
import Images
import Registry
import Testing

/// A data set as a user's own package adds one.
@Suite struct PreparedDataTests {
  /// Writes its pictures when it is prepared.
  struct Squares: PreparedData {
    var dataDir = InputPath("squares")
    var batchSize = 2
    var numWorkers = 0
    var transform: Component<TransformKind>?
    var valTransform: Component<TransformKind>?
    var testTransform: Component<TransformKind>?
    static let documentation: [String: String] = [:]

    init() {}

    struct Refused: Error, CustomStringConvertible { let description = "there is no key" }

    var folder: String { dataDir.path }

    func prepare() throws {
      guard !FileManager.default.fileExists(atPath: "\(folder)/0.png") else { throw Refused() }
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for number in 0..<4 {
        try Data(PNG.encode(testImage(width: 300, height: 300, first: number))).write(to: URL(fileURLWithPath: "\(folder)/\(number).png"))
      }
    }

    func setUp(_ stage: Stage) throws -> any SampleSource {
      if stage == .test { throw Refused() }
      let names = stage == .train ? 0..<3 : 3..<4
      return FileList(names.map { "\(folder)/\($0).png" })
    }
  }

  private static let entry = Entry(DatasetKind.self, "datasets.Squares", summary: "Squares.", settings: Squares.self) { settings, context in
    settings.dataModule(context)
  }

  @Test func itPreparesItselfAndSetsUpEachStage() throws {
    let folder = try TestFolder()
    let catalogue = try Catalogue(DatasetEntries.all + [Self.entry])
    func place(_ name: String) -> Node { Node.map([("data_dir", Node(.string("\(folder.path)/\(name)")))]) }
    let data: DataModule = try catalogue.build(Component<DatasetKind>("datasets.Squares", place("squares")))
    try data.prepare()
    #expect(try data.files(.train).count == 3 && data.files(.validate).count == 1)
    let loader = try data.loader(.train, seed: 1, endStep: 2)
    #expect(try loader.take(3).map(\.count) == [2, 1])
    let refused = DatasetError.preparation(reason: "there is no key")
    #expect(throws: refused) { try data.files(.test) }
    #expect(throws: refused) { try data.prepare() }
    // A set that joins others prepares them.
    let part = Node.map([("class_path", "datasets.Squares"), ("init_args", place("second"))])
    let joined = Component<DatasetKind>("datasets.Joined", Node.map([("datasets", Node(.list([part])))]))
    let both: DataModule = try catalogue.build(joined)
    try both.prepare()
    #expect(try both.files(.train).count == 3)
  }
}
