import Datasets
import Images
import Testing

@Suite struct BatchLoaderTests {
  private let folder: TestFolder
  private let files: [String]

  init() throws {
    let folder = try TestFolder()
    self.folder = folder
    files = try (0..<7).map { try folder.add("\($0).png", image: testImage(width: 20 + $0, height: 30 - $0, first: $0 * 30)) }
  }

  private func loader(
    workers: Int, startStep: Int = 0, endStep: Int? = nil, prefetched: Int? = nil, cache: ImageCache? = nil, seed: UInt64 = 11
  ) throws -> BatchLoader {
    let transform = try Compose([RandomCrop(patchSize: 8), RandomHorizontalFlip()])
    return try BatchLoader(
      FileList(files), plan: .shuffled(count: files.count, batchSize: 3, seed: seed), transform: transform, seed: seed,
      startStep: startStep,
      endStep: endStep, numWorkers: workers, prefetchedBatches: prefetched, cache: cache)
  }

  @Test(arguments: [1, 2, 5], [nil, 1, 3])
  func givesTheSameBatchesForAnyNumberOfWorkers(workers: Int, prefetched: Int?) throws {
    let expected = try loader(workers: 0).take(12)
    #expect(expected.map(\.step) == Array(0..<12))
    #expect(expected.allSatisfy { $0.pixels.count == $0.count * 8 * 8 * 3 && $0.names == $0.indices.map { files[$0] } })
    #expect(try loader(workers: workers, prefetched: prefetched).take(12) == expected)
    #expect(try loader(workers: workers, prefetched: prefetched, cache: ImageCache()).take(12) == expected)
    #expect(try loader(workers: workers, seed: 12).take(12) != expected)
  }

  @Test(arguments: 0..<8, [0, 2])
  func resumesAtAnyStep(step: Int, workers: Int) throws {
    let whole = try loader(workers: 1).take(10)
    #expect(try loader(workers: workers, startStep: step).take(10 - step) == Array(whole[step...]))
  }

  @Test(arguments: [0, 1, 3])
  func endsAtTheEnd(workers: Int) throws {
    let some = try loader(workers: workers, startStep: 2, endStep: 5)
    #expect(try some.take(10).map(\.step) == [2, 3, 4])
    #expect(try some.next() == nil)
    let cancelled = try loader(workers: workers)
    #expect(try cancelled.next() != nil)
    cancelled.cancel()
    #expect(try cancelled.next() == nil)
    cancelled.cancel()
  }

  @Test(arguments: [0, 1, 3])
  func throwsAtTheBatchThatFails(workers: Int) throws {
    let plan = try BatchPlan.sorted(groupSizes: [7], batchSize: 2)
    try folder.add("4.png", bytes: [UInt8]("broken".utf8))
    let loader = try BatchLoader(FileList(files), plan: plan, transform: CenterCrop(patchSize: 8), seed: 0, numWorkers: workers)
    #expect(try loader.take(2).map(\.step) == [0, 1])
    for _ in 0..<2 { #expect(throws: DatasetError.image(.unknownFormat(name: files[4]))) { try loader.next() } }
  }

  @Test func namesTheFileThatIsTooSmall() throws {
    let plan = try BatchPlan.sorted(groupSizes: [7], batchSize: 1)
    let loader = try BatchLoader(FileList(files), plan: plan, transform: RandomCrop(patchSize: 26), seed: 0)
    #expect(throws: DatasetError.smallerThanPatch(name: files[0], width: 20, height: 30, patchSize: 26)) { try loader.next() }
  }

  @Test func namesFilesOfDifferentSizes() throws {
    let plan = try BatchPlan.sorted(groupSizes: [7], batchSize: 2)
    let loader = try BatchLoader(FileList(files), plan: plan, transform: NoCrop(), seed: 0)
    let error = DatasetError.differentSizes(name: files[0], width: 20, height: 30, otherName: files[1], otherWidth: 21, otherHeight: 29)
    #expect(throws: error) { try loader.next() }
    let single = try BatchLoader(FileList(files), plan: .sorted(groupSizes: [7], batchSize: 1), transform: NoCrop(), seed: 0)
    #expect(try single.take(9).map(\.width) == Array(20..<27))
  }

  @Test func namesTheFileThatATransformRefuses() throws {
    struct Refusal: ImageTransform {
      struct Reason: Error, CustomStringConvertible { let description = "no" }
      func apply(_ image: Image, random: inout DeterministicRandom) throws -> Image { throw Reason() }
    }
    let loader = try BatchLoader(FileList(files), plan: .sorted(groupSizes: [7], batchSize: 1), transform: Refusal(), seed: 0)
    #expect(throws: DatasetError.transform(name: files[0], reason: "no")) { try loader.next() }
  }

  @Test func endsItsThreadsWhenDropped() throws {
    weak var dropped: BatchLoader?
    weak var cache: ImageCache?
    for round in 0..<50 {
      let kept = ImageCache()
      let loader = try loader(workers: 3, cache: kept)
      if round % 2 == 0 { _ = try loader.next() }
      (dropped, cache) = (loader, kept)
    }
    // The threads hold the cache: that it is gone shows that they are.
    #expect(dropped == nil && cache == nil)
  }

  @Test func refusesWrongSettings() {
    for workers in [-1, 257] {
      #expect(throws: DatasetError.setting(name: "num_workers", value: "\(workers)", allowed: "between 0 and 256")) {
        try loader(workers: workers)
      }
    }
    #expect(throws: DatasetError.self) { try loader(workers: 1, startStep: -1) }
  }
}
