import EntropyCoding
import Testing
import Torch
import Weights

@testable import LatentModels

/// Every kind of side information: that a decoder gets the encoder's ψ to the last bit, that estimation is coding, that all of it learns.
@Suite(.serialized) struct SideInformationTests {
  private static let size = (height: 8, width: 12)

  private func latent(_ samples: Int = 1, limit: Double = 60) throws -> Tensor {
    try Tensor.uniform([samples, SideInformations.channels, Self.size.height, Self.size.width], in: -limit...limit, seed: 7)
  }

  private func side(_ name: String) throws -> any SideInformation {
    let side = try SideInformations.make(name)
    try side.updateTables()
    return side
  }

  private func decoded(_ side: any SideInformation, _ streams: [[[UInt8]]]) throws -> Tensor {
    let hyper = try side.decompress(streams, height: Self.size.height, width: Self.size.width)
    return try #require(hyper)
  }

  @Test(arguments: SideInformations.names) func theDecoderGetsTheSame(name: String) throws {
    let side = try side(name)
    let latent = try latent(3)
    try withoutGradients {
      let (streams, found) = try side.compress(latent)
      let hyper = try #require(found)
      #expect(streams.count == side.streamCount && streams.allSatisfy { $0.count == 3 })
      #expect(hyper.shape == [3, 12, Self.size.height, Self.size.width])
      #expect(try decoded(side, streams).elements() == hyper.elements())
      // The estimate sees what the decoder sees.
      let estimated = try side.forward(latent, quantizer: MixedQuantizer(), noise: nil)
      #expect(try estimated.hyper?.elements() == hyper.elements())
      let bits = try estimated.likelihoods.reduce(0) { try $0 - $1.tensor.to(.float64).logarithm().sum().item() / 0.693_147_180_559_945_3 }
      let coded = Double(8 * streams.joined().reduce(0) { $0 + $1.count })
      #expect(abs(coded - bits) < 0.1 * bits + Double(3 * 96 * side.streamCount), "\(coded) bits for \(bits)")
      // A picture in a batch has the streams that it has alone, and other latents have another ψ.
      let alone = try side.compress(latent.narrowed(0, from: 1, length: 1))
      #expect(alone.streams == streams.map { [$0[1]] })
      #expect(try alone.hyper?.elements() == hyper.narrowed(0, from: 1, length: 1).contiguous().elements())
      #expect(try decoded(side, streams.map { [$0[0]] }).elements() != decoded(side, streams.map { [$0[1]] }).elements())
    }
  }

  /// The streams were written with one thread's sums; a decoder with more must read them.
  @Test(arguments: SideInformations.names) func threadsChangeNoBit(name: String) throws {
    let side = try side(name)
    try withoutGradients {
      let before = try Runtime.threads()
      defer { try? Runtime.setThreads(before) }
      try Runtime.setThreads(1)
      let (streams, hyper) = try side.compress(latent())
      try Runtime.setThreads(3)
      #expect(try decoded(side, streams).elements() == hyper?.elements())
    }
  }

  @Test(arguments: SideInformations.names) func everyParameterGetsAGradient(name: String) throws {
    let side = try side(name)
    let output = try side.forward(
      latent(2, limit: 2000), quantizer: MixedQuantizer(), noise: SampleNoise(seed: 1, step: 0, indices: [0, 1]))
    let rates = try output.likelihoods.map { try $0.tensor.logarithm().sum() }.reduce(Tensor.zeros([])) { try $0 - $1 }
    let hyper = try #require(output.hyper)
    let auxiliary = try #require(try side.auxiliaryLoss())
    try (hyper.squared().sum() + rates + auxiliary).backward()
    for (parameter, value) in side.namedParameters() {
      let found = try value.tensor.gradient()
      let gradient = try #require(found, "\(name): \(parameter) gets none")
      #expect(try gradient.absolute().maximumElement().item() > 0, "\(name): \(parameter)")
    }
  }

  @Test(arguments: SideInformations.names) func damagedStreamsAreRefusedOrDecoded(name: String) throws {
    let side = try side(name)
    try withoutGradients {
      let streams = try side.compress(latent()).streams
      var refused = 0
      for stream in streams.indices {
        for place in streams[stream][0].indices {
          var damaged = streams
          damaged[stream][0][place] ^= 0x5A
          do { _ = try decoded(side, damaged) } catch is EntropyCodingError { refused += 1 }
        }
        var cut = streams
        cut[stream][0].removeLast(4)
        #expect(throws: EntropyCodingError.self) { _ = try decoded(side, cut) }
      }
      #expect(refused > 0)
      #expect(throws: LatentModelError.self) { _ = try decoded(side, []) }
    }
  }
}
