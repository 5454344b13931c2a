import Benchmarking
import Codecs
import Images
import Results
import SafeFiles
import Testing

/// A test that reads ahead and measures behind finds what one does that takes every step by itself.
struct OverlapTests {
  private static let note = "times were taken while other pictures were read and measured"

  private static func options(_ folder: TestFolder? = nil) -> CodecTest.Options {
    var options = CodecTest.Options()
    options.overlaps = true
    options.decodedFolder = folder.map { "\($0.path)/decoded" }
    options.codedFolder = folder.map { "\($0.path)/coded" }
    return options
  }

  private static func files(_ folder: TestFolder, count: Int) throws -> [String] {
    try (0..<count).map { try folder.add("\($0).png", image: testImage(20 + $0 % 3, 165, seed: $0)) }
  }

  @Test func rowsAndTheirOrderAreTheSame() throws {
    let folder = try TestFolder()
    let files = try Self.files(folder, count: 9)
    let alone = try CodecTest(codec: CrudeCodec()).run(files)
    var seen: [String] = []
    let report = try CodecTest(codec: CrudeCodec(), options: Self.options(folder)).run(files) { seen.append($0.result.name) }
    #expect(report.images.map(\.name) == alone.images.map(\.name) && seen == alone.images.map(\.name))
    for (row, other) in zip(report.images, alone.images) {
      #expect(
        row.psnr == other.psnr && row.msSSIM == other.msSSIM && row.bppFile == other.bppFile && row.bppEstimated == other.bppEstimated)
      #expect(row.notes == [Self.note] + other.notes)
    }
    for index in 0..<9 {
      #expect(try ImageFile.read("\(folder.path)/decoded/\(index).png").width == 20 + index % 3)
      #expect(try !FileBytes.read("\(folder.path)/coded/\(index).crude").isEmpty)
    }
    #expect(report.times.reading > 0 && report.times.metrics > 0 && report.times.writing > 0)
  }

  @Test func aPictureThatCannotBeReadIsNamedInItsTurn() throws {
    let folder = try TestFolder()
    var files = try Self.files(folder, count: 6)
    files.insert(try folder.add("broken.png", bytes: [1, 2, 3]), at: 3)
    var done = 0
    let error = #expect(throws: BenchmarkError.self) {
      try CodecTest(codec: CrudeCodec(), options: Self.options()).run(files) { done = $0.done }
    }
    #expect(error?.description.contains("broken.png") == true && done <= 3)
  }

  private struct Stopped: Error {}

  @Test func itStopsWhenToldTo() throws {
    let folder = try TestFolder()
    let codec = CrudeCodec()
    #expect(throws: Stopped.self) {
      try CodecTest(codec: codec, options: Self.options()).run(Self.files(folder, count: 40)) { if $0.done == 2 { throw Stopped() } }
    }
    #expect(codec.encodedSizes.count < 12)
  }

  @Test func aFailureToWriteIsThrown() throws {
    let folder = try TestFolder()
    let files = try Self.files(folder, count: 5)
    _ = try folder.add("decoded/2.png/x", bytes: [1])
    #expect(throws: (any Error).self) { try CodecTest(codec: CrudeCodec(), options: Self.options(folder)).run(files) }
  }
}
