import BitstreamFuzz
import EntropyCoding
import Foundation
import Images
import Models
import Testing
import Torch

@testable import Codecs

/// Files that announce what they do not hold, and files of other machines.
@Suite(.serialized) struct BitstreamTests {
  static let models = ["FactorizedPrior", "ScaleHyperprior", "MeanScaleHyperprior", "JointAutoregressiveHyperprior"]

  private static func codec(_ name: String) throws -> LearnedCodec {
    name.hasPrefix("Joint") ? try AutoregressiveCodecTests.codec(name) : try HyperpriorCodecTests.codec(name)
  }

  private static func file(
    like good: Container, arithmetic: String, width: Int, height: Int, multiple: Int, payloads: [[UInt8]]
  ) throws -> [UInt8] {
    let padding = Container.Padding(right: (multiple - width % multiple) % multiple, bottom: (multiple - height % multiple) % multiple)
    let latent = Container.SpatialShape(height: (height + padding.bottom) / multiple, width: (width + padding.right) / multiple)
    return try Container(
      modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, arithmetic: arithmetic, width: width, height: height,
      padding: padding,
      latentShapes: [latent], payloads: payloads
    ).encode()
  }

  /// The payloads of a picture of 16×16 with headers of larger ones.
  @Test(arguments: models, [(8000, 8000), (60000, 60000), (1 << 24, 1), (4096, 4096)])
  func theHeaderCannotAskForMoreThanThePayloadHolds(name: String, size: (width: Int, height: Int)) throws {
    let codec = try Self.codec(name)
    let good = try Container(decoding: codec.encode(testImage(16, 16)).file, name: "x")
    let file = try Self.file(
      like: good, arithmetic: good.arithmetic, width: size.width, height: size.height, multiple: codec.model.sideMultiple,
      payloads: good.payloads)
    #expect {
      _ = try codec.decode(file, name: "x")
    } throws: { error in
      switch error {
      case EntropyCodingError.containerPixels(_, let pixels, let maximum): pixels >= size.width * size.height && pixels > maximum
      case CodecError.damaged(_, let reason): reason.contains("cannot hold the")
      default: false
      }
    }
  }

  @Test func theLargestPictureCanBeSet() throws {
    let name = "FactorizedPrior"
    let file = try Self.codec(name).encode(testImage(40, 40)).file
    var options = LearnedCodec.Options()
    options.maximumPixelCount = 48 * 48
    let model = try Self.codec(name).model
    let codec = try LearnedCodec(model: model, identity: "models.\(name)", options: options)
    #expect(try codec.decode(file, name: "x").image.width == 40)
    options.maximumPixelCount -= 1
    let small = try LearnedCodec(model: model, identity: "models.\(name)", options: options)
    #expect(throws: EntropyCodingError.containerPixels(name: "x", pixels: 48 * 48, maximum: 48 * 48 - 1)) {
      try small.decode(file, name: "x")
    }
    #expect(throws: EntropyCodingError.containerPixels(name: "x", pixels: 64 * 64, maximum: 48 * 48 - 1)) {
      try small.decode(CompressAIPayloads(strings: [[]], width: 40, height: 40), name: "x")
    }
  }

  /// A stream that does not end where it should, as one whose scales come out otherwise on another machine.
  @Test(arguments: models.dropFirst())
  func whatWasWrittenElsewhereIsTold(name: String) throws {
    let codec = try Self.codec(name)
    let image = testImage(65, 40)
    let good = try Container(decoding: codec.encode(image).file, name: "x")
    let own = try Arithmetic.current(on: .cpu).text
    #expect(good.arithmetic == own && good.version == 2)
    func file(_ arithmetic: String, payloads: [[UInt8]]) throws -> [UInt8] {
      try Container(
        modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, arithmetic: arithmetic, width: good.width, height: good.height,
        padding: good.padding, latentShapes: good.latentShapes, payloads: payloads
      ).encode()
    }
    // What can be decoded is decoded, whoever wrote it, and so are files of version 1.
    let expected = try codec.decode(good.encode(), name: "x").image
    for arithmetic in ["", "9.0.0/AVX1024"] {
      #expect(try codec.decode(file(arithmetic, payloads: good.payloads), name: "x").image == expected)
    }
    let mixed = [Array(good.payloads[0].dropLast(4)), good.payloads[1]]
    #expect(
      throws: CodecError.otherArithmetic(
        name: "x", written: "9.0.0/AVX1024", here: own, remedy: "with libtorch 9.0.0 on a processor with AVX1024")
    ) { try codec.decode(file("9.0.0/AVX1024", payloads: mixed), name: "x") }
    #expect(throws: CodecError.otherArithmetic(name: "x", written: "any", here: own, remedy: "where it was written")) {
      try codec.decode(file("any", payloads: mixed), name: "x")
    }
    for arithmetic in ["", own] {
      #expect {
        try codec.decode(file(arithmetic, payloads: mixed), name: "x")
      } throws: { error in
        if case CodecError.damaged = error { true } else { false }
      }
    }
  }

  /// Files without computed tables say nothing, and keep the version that older programs read.
  @Test func factorizedPriorsNeedNoArithmetic() throws {
    let good = try Container(decoding: Self.codec("FactorizedPrior").encode(testImage(16, 16)).file, name: "x")
    #expect(good.arithmetic.isEmpty && good.version == 1)
  }

  @Test(arguments: BitstreamFuzzer.models)
  func damagedBitstreamsAreRefusedOrDecoded(model: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bitstreams-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tally = try BitstreamFuzzer(model: model, seed: 2, folder: folder.path).run(mutations: 0..<500)
    #expect(tally.refused + tally.accepted == 500)
    #expect(tally.refused > 100 && tally.accepted > 20)
  }
}
