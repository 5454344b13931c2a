import EntropyCoding
import LatentModels
import Testing
import Torch
import Weights

/// The golden values come from CompressAI 1.2.8.
struct EntropyBottleneckTests {
  /// Two channels with the default initial values but zero biases, the second with quantiles of its own; tables computed.
  private static func golden() throws -> EntropyBottleneck {
    let bottleneck = try EntropyBottleneck(channels: 2, seeds: SeedSequence(1))
    var state = try bottleneck.storedState()
    for stage in 0..<5 {
      let name = "biases.\(stage)"
      let width = stage < 4 ? 3 : 1
      state[name] = try Tensor.zeros([2, width, 1]).stored()
    }
    state["quantiles"] = try Tensor([-10, 0, 10, -3.4, 0.3, 5.2] as [Float], shape: [2, 1, 3]).stored()
    try bottleneck.load(state)
    try bottleneck.updateTables()
    return bottleneck
  }

  private static let latent: [Float] = [-2, -0.4, 0, 0.6, 3.3, -1, 0, 0.3, 2.2, 9]
  private static let quantized: [Float] = [-2, 0, 0, 1, 3, -0.7, 0.3, 0.3, 2.3, 9.3]

  @Test func tables() throws {
    let tables = try Self.golden().tables()
    #expect(tables.offsets == [-10, -4])
    #expect(tables.lengths == [23, 12])
    #expect(tables.width == 23)
    #expect(
      tables.quantizedCDF == [
        0, 1287, 2633, 4034, 5486, 6984, 8523, 10096, 11697, 13318, 14951, 16588, 18221, 19842, 21443, 23016, 24555, 26053, 27505, 28906,
        30252,
        31539, 65536,
        0, 1983, 3998, 6035, 8084, 10136, 12179, 14204, 16201, 18161, 20075, 65536, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      ])
  }

  @Test func auxiliaryLoss() throws {
    #expect(abs(try Self.golden().auxiliaryLoss().item() - 82.835648) < 1e-4)
  }

  @Test func payload() throws {
    let bottleneck = try Self.golden()
    let payloads = try bottleneck.compress(Tensor(Self.latent, shape: [1, 2, 1, 5]))
    #expect(payloads == [[0x1C, 0x30, 0x62, 0x96, 0x11, 0xAE, 0x49, 0x00, 0x4F, 0x1A, 0xA5, 0xF8]])
    let decoded = try bottleneck.decompress(payloads, height: 1, width: 5)
    #expect(decoded.shape == [1, 2, 1, 5])
    for (value, expected) in zip(try decoded.elements(), Self.quantized) { #expect(abs(value - expected) < 1e-6) }
  }

  @Test func likelihoods() throws {
    let (values, likelihoods) = try Self.golden().forward(Tensor(Self.latent, shape: [1, 2, 1, 5]), noise: nil)
    for (value, expected) in zip(try values.elements(), Self.quantized) { #expect(abs(value - expected) < 1e-6) }
    let expected: [Float] = [
      0.024746656, 0.024994791, 0.024994791, 0.024932384, 0.024441063, 0.024964243, 0.024989158, 0.024989158, 0.024667323, 0.020285964,
    ]
    for (value, expected) in zip(try likelihoods.elements(), expected) { #expect(abs(value - expected) < 1e-7) }
  }

  @Test func noiseIsAddedInPlaceOfRounding() throws {
    let latent = try Tensor(Self.latent, shape: [1, 2, 1, 5])
    let noise = try Tensor.full([1, 2, 1, 5], 0.25)
    let (values, _) = try Self.golden().forward(latent, noise: noise)
    #expect(try values.elements() == Self.latent.map { $0 + 0.25 })
  }

  @Test func aLatentWithoutPlacesHasAnEmptyPayload() throws {
    let bottleneck = try Self.golden()
    let payloads = try bottleneck.compress(Tensor.zeros([1, 2, 0, 3]))
    #expect(try bottleneck.decompress(payloads, height: 0, width: 3).shape == [1, 2, 0, 3])
  }

  @Test func eachSampleOfABatchHasItsOwnPayload() throws {
    let bottleneck = try Self.golden()
    let second = Self.latent.map { $0 * 2 }
    let batch = try bottleneck.compress(Tensor(Self.latent + second, shape: [2, 2, 1, 5]))
    #expect(batch.count == 2)
    #expect(try batch[0] == bottleneck.compress(Tensor(Self.latent, shape: [1, 2, 1, 5]))[0])
    #expect(try batch[1] == bottleneck.compress(Tensor(second, shape: [1, 2, 1, 5]))[0])
  }

  @Test func withoutTablesThereIsAnError() throws {
    let bottleneck = try EntropyBottleneck(channels: 2, seeds: SeedSequence(1))
    #expect(throws: LatentModelError.tablesMissing) { try bottleneck.compress(Tensor.zeros([1, 2, 1, 1])) }
  }

  @Test(arguments: [Float.nan, .infinity, 1e12])
  func latentsThatCannotBeCodedAreErrors(value: Float) throws {
    let bottleneck = try Self.golden()
    let latent = try Tensor([value, 0], shape: [1, 2, 1, 1])
    #expect(throws: LatentModelError.self) { try bottleneck.compress(latent) }
  }
}
