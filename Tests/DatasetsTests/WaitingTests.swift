import Datasets
import Images
import Testing

@Suite struct WaitingTests {
  /// Takes 20 ms for each picture.
  private struct Slow: ImageTransform {
    func apply(_ image: Image, random: inout DeterministicRandom) throws -> Image {
      let end = ContinuousClock.now + .milliseconds(20)
      while ContinuousClock.now < end {}
      return image
    }
  }

  @Test(arguments: [0, 1])
  func whatTheConsumerWaitsIsCounted(workers: Int) throws {
    let folder = try TestFolder()
    let files = try (0..<4).map { try folder.add("\($0).png", image: testImage(width: 4, height: 4, first: $0)) }
    let loader = try BatchLoader(
      FileList(files), plan: .sorted(groupSizes: [4], batchSize: 2), transform: Slow(), seed: 0, numWorkers: workers)
    #expect(loader.secondsWaited == 0 && loader.batchesHandedOut == 0)
    var waited: [Double] = []
    while try loader.next() != nil { waited.append(loader.secondsWaited) }
    // The first batch of two pictures cannot be there before 40 ms, whoever reads it.
    #expect(waited.count == 2 && waited[0] >= 0.03 && waited == waited.sorted())
    #expect(loader.batchesHandedOut == 2)
  }
}
