import EntropyCoding
import Images
import LatentModels
import Models
import Testing
import Torch

@testable import Codecs

@Suite(.serialized) struct LearnedCodecTests {
  private func codec(seed: UInt64 = 7, padMultiple: Int? = nil) throws -> LearnedCodec {
    var options = LearnedCodec.Options()
    options.padMultiple = padMultiple
    return try LearnedCodec(model: tinyModel(seed: seed), identity: "models.FactorizedPrior", options: options)
  }

  private static let sizes = [(1, 1), (1, 17), (17, 1), (33, 65), (16, 16), (48, 31), (64, 64)]

  @Test(arguments: sizes)
  func roundTripOfAnySize(width: Int, height: Int) throws {
    let codec = try codec()
    let image = testImage(width, height)
    let coded = try codec.encode(image)
    let decoded = try codec.decode(coded.file, name: "x.bps")
    #expect((decoded.image.width, decoded.image.height) == (width, height))
    #expect(coded.payloadByteCount > 0 && coded.payloadByteCount < coded.file.count)
    #expect(coded.seconds >= 0 && decoded.seconds >= 0)

    // The decoder's picture is the one that the model makes of the padded picture without entropy coding.
    let padding = Container.Padding(width: width, height: height, toMultipleOf: 16)
    let expected = try withoutGradients {
      let x = try Tensor.pictures(interleaved: image.pixels, count: 1, height: height, width: width)
        .padded(left: padding.left, right: padding.right, top: padding.top, bottom: padding.bottom)
      return try codec.model.forward(x, noise: nil).reconstruction.narrowed(2, from: padding.top, length: height)
        .narrowed(3, from: padding.left, length: width).interleavedSamples()
    }
    #expect(decoded.image.pixels == expected)
  }

  @Test(arguments: [(1, 16, 7, 8), (16, 16, 0, 0), (17, 16, 7, 8), (65, 64, 31, 32), (62, 64, 1, 1)])
  func paddingIsCentred(side: Int, multiple: Int, before: Int, after: Int) {
    let padding = Container.Padding(width: side, height: multiple, toMultipleOf: multiple)
    #expect(padding == Container.Padding(left: before, top: 0, right: after, bottom: 0))
    let turned = Container.Padding(width: multiple, height: side, toMultipleOf: multiple)
    #expect(turned == Container.Padding(left: 0, top: before, right: 0, bottom: after))
  }

  @Test func anotherPadMultiple() throws {
    let image = testImage(20, 70)
    let coded = try codec(padMultiple: 64).encode(image)
    let container = try Container(decoding: coded.file, name: "x.bps")
    #expect((container.paddedWidth, container.paddedHeight) == (64, 128))
    // The file says its padding, so that a codec with other options reads it too.
    #expect(try codec().decode(coded.file, name: "x.bps").image.width == 20)
    #expect(throws: CodecError.padMultiple(value: 24, sideMultiple: 16)) { try codec(padMultiple: 24) }
    #expect(throws: CodecError.padMultiple(value: 0, sideMultiple: 16)) { try codec(padMultiple: 0) }
  }

  @Test func theContainerSaysWhatItHolds() throws {
    let codec = try codec()
    let coded = try codec.encode(testImage(33, 65))
    let container = try Container(decoding: coded.file, name: "x.bps")
    #expect(container.modelIdentity == "models.FactorizedPrior")
    #expect(container.weightsHash == Array(codec.weightsHash.prefix(8)))
    #expect((container.width, container.height) == (33, 65))
    #expect(container.latentShapes == [.init(height: 5, width: 3)])
    #expect(container.payloads.map(\.count) == coded.payloadByteCounts)
  }

  @Test func estimateIsNearThePayload() throws {
    let codec = try codec()
    let image = testImage(128, 128)
    let bits = try #require(try codec.estimatedBits([image])?.first)
    let payload = Double(try codec.encode(image).payloadByteCount * 8)
    #expect(abs(payload - bits) < 0.02 * bits + 64)
  }

  @Test func batchesGiveTheSameFiles() throws {
    let codec = try codec()
    let images = (0..<3).map { testImage(33, 18, seed: $0) }
    let together = try codec.encode(images)
    let apart = try images.map { try codec.encode($0) }
    #expect(together.map(\.file) == apart.map(\.file))
    let decoded = try codec.decode(together.map(\.file), name: "batch")
    #expect(try decoded.map(\.image) == apart.map { try codec.decode($0.file, name: "x").image })
    let bits = try #require(try codec.estimatedBits(images))
    for (image, expected) in zip(images, bits) {
      let alone = try #require(try codec.estimatedBits([image])?.first)
      #expect(abs(alone - expected) < 1e-4 * expected)
    }
  }

  @Test func picturesOfDifferentSizesAreNoBatch() throws {
    #expect(throws: CodecError.differentSizes(width: 5, height: 4, otherWidth: 4, otherHeight: 4)) {
      try codec().encode([testImage(4, 4), testImage(5, 4)])
    }
  }

  @Test func filesOfAnotherModelAreRefused() throws {
    let file = try codec().encode(testImage(16, 16)).file
    let other = try LearnedCodec(model: tinyModel(), identity: "models.Other")
    #expect(throws: CodecError.otherModel(name: "x.bps", found: "models.FactorizedPrior", expected: "models.Other")) {
      try other.decode(file, name: "x.bps")
    }
    let otherWeights = try codec(seed: 8)
    #expect {
      try otherWeights.decode(file, name: "x.bps")
    } throws: { error in
      if case CodecError.otherWeights(name: "x.bps", model: "models.FactorizedPrior", _, _) = error { true } else { false }
    }
  }

  @Test func cutFilesAreRefused() throws {
    let codec = try codec()
    let file = try codec.encode(testImage(33, 17)).file
    for count in 0..<file.count {
      #expect(throws: EntropyCodingError.self) { try codec.decode(Array(file.prefix(count)), name: "x.bps") }
    }
  }

  /// With the checksum made right again, so that the damage reaches the model.
  @Test func damagedFieldsAreRefused() throws {
    let codec = try codec()
    let good = try Container(decoding: codec.encode(testImage(33, 17)).file, name: "x")
    func file(
      width: Int = 33, padding: Container.Padding? = nil, shapes: [Container.SpatialShape]? = nil, payloads: [[UInt8]]? = nil
    ) throws -> [UInt8] {
      try Container(
        modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, width: width, height: 17, padding: padding ?? good.padding,
        latentShapes: shapes ?? good.latentShapes, payloads: payloads ?? good.payloads
      ).encode()
    }
    #expect(throws: Never.self) { try codec.decode(file(), name: "x") }
    #expect(throws: CodecError.self) { try codec.decode(file(width: 34), name: "x") }
    #expect(throws: CodecError.self) { try codec.decode(file(shapes: []), name: "x") }
    #expect(throws: CodecError.self) { try codec.decode(file(shapes: [.init(height: 2, width: 2)]), name: "x") }
    #expect(throws: CodecError.self) { try codec.decode(file(payloads: []), name: "x") }
    #expect(throws: CodecError.self) { try codec.decode(file(payloads: [good.payloads[0], good.payloads[0]]), name: "x") }
    for cut in [[], Array(good.payloads[0].dropLast(4)), good.payloads[0] + [0, 0, 0, 0]] {
      #expect(throws: CodecError.self) { try codec.decode(file(payloads: [cut]), name: "x") }
    }
  }

  @Test func withoutTablesThereIsAnError() throws {
    let model = try FactorizedPrior(
      channels: 4, expansionChannels: 4, nonlinearity: { _, _ in Sequential([]) }, seeds: SeedSequence(1))
    let codec = try LearnedCodec(model: model, identity: "m")
    #expect(throws: LatentModelError.tablesMissing) { try codec.encode(testImage(16, 16)) }
  }
}
