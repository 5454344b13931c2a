import EntropyCoding
import LatentModels
import Testing
import Torch
import Weights

/// Dithered quantization: its offsets, its tables and its streams.
struct DitherTests {
  private static func bottleneck(seed: UInt32 = 9, count: Int = 8, alpha: Double? = nil) throws -> DitheredBottleneck {
    let coding = try DitheredBottleneck(
      EntropyBottleneck(channels: 3, initialScale: 3, seeds: SeedSequence(1)), dither: Dither(seed: seed, count: count),
      rounding: alpha.map { SoftRounding(sharpness: $0) })
    try coding.updateTables()
    return coding
  }

  private static func latent(samples: Int = 2, height: Int = 8, width: Int = 9) throws -> Tensor {
    try Tensor.normal([samples, 3, height, width], standardDeviation: 2, seed: 3)
  }

  /// A stream written today must be read for ever: the offsets of a seed do not change.
  @Test func theOffsetsAreThoseOfTheFormat() {
    let dither = Dither(seed: 1, count: 16)
    #expect((0..<12).map { dither.level(at: $0) } == Self.golden)
    #expect((0..<4).map { Dither(seed: 1, count: 4).offset(ofLevel: $0) } == [-0.375, -0.125, 0.125, 0.375])
    #expect(Dither(seed: 0x0403_0201, count: 16).statement == [1, 1, 2, 3, 4, 16])
  }

  private static let golden = [5, 14, 11, 8, 13, 11, 3, 7, 2, 3, 12, 4]

  @Test func theOffsetsAreEvenlySpread() {
    let dither = Dither(seed: 77, count: 16)
    var counts = [Int](repeating: 0, count: 16)
    for place in 0..<16000 { counts[dither.level(at: place)] += 1 }
    // Five standard deviations of a count of 1000.
    #expect(counts.allSatisfy { abs($0 - 1000) < 155 }, "\(counts)")
    #expect((0..<200).contains { dither.level(at: $0) != Dither(seed: 78, count: 16).level(at: $0) })
  }

  @Test(arguments: [Double?.none, 5]) func whatIsCodedIsDecoded(alpha: Double?) throws {
    let coding = try Self.bottleneck(alpha: alpha)
    let latent = try Self.latent()
    let streams = try coding.compress(latent)
    #expect(streams.count == 2 && streams[1] == [[1, 9, 0, 0, 0, 8], [1, 9, 0, 0, 0, 8]])
    let decoded = try coding.decompress(streams, height: 8, width: 9)
    let (values, likelihoods) = try coding.forward(latent, name: "y", noise: nil)
    #expect(try decoded.elements() == values.elements())
    let bits = try -likelihoods.logarithm().sum().detached().item() / 0.693147
    let coded = Double(streams[0].reduce(0) { $0 + $1.count } * 8)
    #expect(abs(coded - bits) < 0.02 * bits + 4 * 64, "\(coded) bits, estimated \(bits)")
    if alpha == nil {
      let errors = try (decoded - latent).elements()
      #expect(errors.allSatisfy { abs($0) <= 0.5001 })
    }
  }

  /// The error has the variance of uniform noise and nothing to do with the latent, even where that is small.
  @Test func theErrorIsUniformAndIndependent() throws {
    let coding = try Self.bottleneck(count: 16)
    for scale in [0.05, 1.0] {
      let latent = try Tensor.normal([1, 3, 64, 64], standardDeviation: scale, seed: 8)
      let values = try coding.forward(latent, name: "y", noise: nil).values.detached()
      let error = try values - latent
      #expect(abs(try error.squared().mean().item() * 12 - 1) < 0.05)
      let product = try (error * latent).mean().item()
      #expect(abs(product) < 0.02 * scale, "\(product)")
    }
  }

  /// A decoder takes the seed of the stream, not its own.
  @Test func theStreamSaysTheSeed() throws {
    let latent = try Self.latent(samples: 1)
    let writer = try Self.bottleneck(seed: 123)
    let streams = try writer.compress(latent)
    let decoded = try Self.bottleneck(seed: 9).decompress(streams, height: 8, width: 9)
    #expect(try decoded.elements() == writer.decompress(streams, height: 8, width: 9).elements())
    #expect(try streams[0] != Self.bottleneck(seed: 9).compress(latent)[0])
  }

  @Test(
    arguments: [
      ([1, 2, 3], "3 bytes"), ([2, 9, 0, 0, 0, 8], "generator 2"), ([1, 9, 0, 0, 0, 0], "no valid form"),
      ([1, 9, 0, 0, 0, 7], "7 offsets, and the model's tables are for 8"), ([], "0 bytes"),
    ] as [([UInt8], String)])
  func statementsThatAreNone(bytes: [UInt8], words: String) throws {
    let coding = try Self.bottleneck()
    let streams = try coding.compress(Self.latent(samples: 1))
    let error = try #require(throws: LatentModelError.self) { try coding.decompress([streams[0], [bytes]], height: 8, width: 9) }
    #expect("\(error)".contains(words), "\(error)")
  }

  /// α is a part of the state, so that its hash covers it, and weights of another α are refused.
  @Test func weightsOfAnotherSharpnessAreRefused() throws {
    let (five, six) = (Holder(try Self.bottleneck(alpha: 5)), Holder(try Self.bottleneck(alpha: 6)))
    let error = try #require(throws: StateMismatch.self) { try six.load(five.storedState()) }
    #expect("\(error)".contains("alpha is 5.0 in the file and 6.0 in the model"), "\(error)")
  }

  private final class Holder: Module {
    let coding: any LatentCoding
    init(_ coding: any LatentCoding) { self.coding = coding }
    var members: [Member] { coding.members }
  }
}
