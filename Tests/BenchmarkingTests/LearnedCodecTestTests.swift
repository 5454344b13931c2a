import Benchmarking
import Codecs
import Layers
import Models
import Results
import Testing
import Torch

/// The test with a real model of random weights.
struct LearnedCodecTestTests {
  @Test func batchesGiveTheRowsOfSinglePictures() throws {
    try Runtime.setThreads(1)
    let model = try FactorizedPrior(channels: 4, expansionChannels: 4, nonlinearity: { _, _ in RectifiedLinear() }, seeds: SeedSequence(3))
    try model.updateTables()
    let codec = try LearnedCodec(model: model, identity: "models.FactorizedPriorReLU")
    let folder = try TestFolder()
    let files = try [(33, 20), (33, 20), (1, 1)].enumerated().map {
      try folder.add("\($0.offset).png", image: testImage($0.element.0, $0.element.1, seed: 9 * $0.offset))
    }
    var options = CodecTest.Options()
    let single = try CodecTest(codec: codec, options: options).run(files, in: folder.path).images
    options.batchSize = 2
    let together = try CodecTest(codec: codec, options: options).run(files, in: folder.path).images
    #expect(single.map(\.bppFile) == together.map(\.bppFile))
    #expect(single.map(\.psnr) == together.map(\.psnr))
    #expect(single.allSatisfy { $0.bppEstimated != nil && $0.encodingTime != nil && $0.bppPayload < $0.bppFile })
    #expect(together.map { $0.notes.count - single[0].notes.count } == [1, 1, 0])
  }
}
