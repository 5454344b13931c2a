import Datasets
import Images
import Testing

@Suite struct ShardTests {
  private let folder: TestFolder
  private let files: [String]

  init() throws {
    let folder = try TestFolder()
    self.folder = folder
    files = try (0..<11).map { try folder.add("\($0).png", image: testImage(width: 24, height: 20, first: $0 * 20)) }
  }

  private func batches(_ shard: Shard, plan: BatchPlan, startStep: Int = 0) throws -> [Batch] {
    let transform = try Compose([RandomCrop(patchSize: 8), RandomHorizontalFlip()])
    return try BatchLoader(
      files: files, plan: plan, transform: transform, seed: 5, startStep: startStep, endStep: 9, numWorkers: 2, shard: shard
    ).take(9)
  }

  /// Together the processes see, step by step, what one process sees: the same pictures, cut and flipped alike.
  @Test(arguments: [1, 2, 3, 4, 7], [1, 2, 4])
  func piecesMakeTheWhole(worldSize: Int, perProcess: Int) throws {
    let plan = try BatchPlan.shuffled(count: files.count, batchSize: perProcess * worldSize, seed: 5)
    let whole = try batches(.whole, plan: plan)
    let pieces = try (0..<worldSize).map { try batches(Shard(rank: $0, worldSize: worldSize), plan: plan) }
    for (step, batch) in whole.enumerated() {
      let parts = pieces.map { $0[step] }
      #expect(parts.flatMap(\.indices) == batch.indices)
      #expect(parts.flatMap(\.pixels) == batch.pixels)
      #expect(parts.flatMap(\.names) == batch.names)
      #expect(parts.allSatisfy { $0.step == step && $0.countOfAllProcesses == batch.count })
      let counts = parts.map(\.count)
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
      if batch.count == perProcess * worldSize { #expect(counts.allSatisfy { $0 == perProcess }) }
    }
  }

  @Test func aProcessResumesAtAnyStep() throws {
    let plan = try BatchPlan.shuffled(count: files.count, batchSize: 4, seed: 5)
    let shard = try Shard(rank: 1, worldSize: 2)
    let whole = try batches(shard, plan: plan)
    for step in 0..<9 { #expect(try batches(shard, plan: plan, startStep: step) == Array(whole[step...])) }
  }

  @Test(arguments: [(0, 0), (-1, 2), (2, 2), (0, -1)])
  func refusesWrongRanks(rank: Int, worldSize: Int) {
    #expect(throws: DatasetError.self) { try Shard(rank: rank, worldSize: worldSize) }
  }
}
