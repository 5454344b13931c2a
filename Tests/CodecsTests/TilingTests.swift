import Configuration
import EntropyCoding
import Images
import LatentModels
import Layers
import Models
import Testing
import Torch

@testable import Codecs

/// Coding in tiles against coding in one run, with models of random weights.
@Suite(.serialized) struct TilingTests {
  static let names = HyperpriorCodecTests.models + AutoregressiveCodecTests.models

  /// The whole and the tiled codec of a model.
  static func codecs(_ name: String, tiling: Tiling) throws -> (whole: LearnedCodec, tiled: LearnedCodec) {
    let hasContext = AutoregressiveCodecTests.models.contains(name)
    let whole = try hasContext ? AutoregressiveCodecTests.codec(name) : HyperpriorCodecTests.codec(name)
    return (whole, try LearnedCodec(model: whole.model, identity: whole.identity, options: .init(tiling: tiling)))
  }

  static func reach(_ codec: LearnedCodec) throws -> TransformReach {
    try TransformReach(of: #require(codec.model as? any TransformCodingModel), on: .cpu)
  }

  /// The reach of the papers' networks, by hand for the factorized prior: 30 pixels to the left of a latent's 16 and 15 to the right of them.
  @Test(arguments: [
    ("FactorizedPrior", 2, 2), ("ScaleHyperprior", 2, 2), ("MeanScaleHyperprior", 2, 2), ("JointAutoregressiveHyperprior", 2, 2),
  ])
  func reachOfThePapersNetworks(name: String, analysis: Int, synthesis: Int) throws {
    let reach = try Self.reach(Self.codecs(name, tiling: .off).whole)
    #expect(reach.stride == 16 && reach.analysisOverlap == analysis && reach.synthesisOverlap == synthesis)
  }

  /// Sides that are multiples of nothing, of at least three tiles.
  @Test(arguments: names)
  func tilesChangeNothing(name: String) throws {
    let reach = try Self.reach(Self.codecs(name, tiling: .off).whole)
    let overlap = try max(#require(reach.analysisOverlap), #require(reach.synthesisOverlap))
    let side = overlap * reach.stride
    let (whole, tiled) = try Self.codecs(name, tiling: Tiling(side: .pixels(side)))
    for (width, height) in [(3 * side + 21, 2 * side + 37), (side + 5, 3 * side + 1), (2 * side + 16, 13)] {
      let image = testImage(width, height)
      let (first, second) = (try whole.encode(image), try tiled.encode(image))
      let (plain, noted) = (try Container(decoding: first.file, name: "whole"), try Container(decoding: second.file, name: "tiled"))
      // On these models no symbol differs, so that the streams are the same bytes.
      #expect(plain.payloads == noted.payloads, "\(width)×\(height)")
      #expect(plain.tiling == nil && noted.version == 3)
      #expect(noted.tiling == Container.Tiling(side: side, overlap: (reach.analysisOverlap ?? 0) * reach.stride))
      try Self.expectNear(whole.decode(first.file, name: "x").image, tiled.decode(first.file, name: "x").image)
      // Each reads what the other wrote.
      #expect(try whole.decode(second.file, name: "x").image == whole.decode(first.file, name: "x").image)
      let bits = try (whole.estimatedBits([image])?.first, tiled.estimatedBits([image])?.first)
      #expect(try abs(#require(bits.0) - #require(bits.1)) < 1e-5 * #require(bits.0))
    }
  }

  /// With one element of overlap less than the networks see, something differs: the overlap is needed.
  ///
  /// What the outermost elements add in the deep networks of Cheng and others is less than rounding, so that those are tried without any overlap.
  @Test(arguments: names)
  func latentsAreThoseOfOneRunAndNeedTheOverlap(name: String) throws {
    let codec = try Self.codecs(name, tiling: .off).whole
    let model = try #require(codec.model as? any TransformCodingModel)
    let reach = try Self.reach(codec)
    let (analysis, synthesis) = (try #require(reach.analysisOverlap), try #require(reach.synthesisOverlap))
    let side = max(analysis, synthesis) * reach.stride
    let (width, height) = ((2 * side + 63) / 64 * 64, (3 * side + 63) / 64 * 64)
    let image = testImage(width, height)
    try withoutGradients {
      let y = try model.analyze(codec.tensor(of: [image], padding: .init()))
      let pictures = try model.synthesize(y)
      func difference(_ analysis: Int, _ synthesis: Int) throws -> (latent: Double, picture: Double) {
        let tiles = TiledTransforms(
          model: model, stride: reach.stride, core: side / reach.stride, analysisOverlap: analysis, synthesisOverlap: synthesis)
        let latent = try tiles.analyze(count: 1, paddedWidth: width, paddedHeight: height) { _, rows, columns in
          try codec.tensor(
            of: [image.cropped(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)], padding: .init())
        }
        let part = try tiles.model.synthesize(y.narrowed(2, from: 0, length: tiles.core + synthesis))
        let rows = tiles.core * reach.stride
        let seen = try (part.narrowed(2, from: 0, length: rows) - pictures.narrowed(2, from: 0, length: rows)).absolute()
        return (try (latent - y).absolute().maximumElement().item(), try seen.maximumElement().item())
      }
      let scale = try y.absolute().maximumElement().item()
      let exact = try difference(analysis, synthesis)
      #expect(exact.latent <= 1e-5 * scale && exact.picture <= 1e-5)
      let cut = try name.hasPrefix("Cheng") ? difference(0, 0) : difference(analysis - 1, synthesis - 1)
      #expect(cut.latent > 10 * exact.latent, "the analysis: \(cut) against \(exact)")
      #expect(cut.picture > 10 * exact.picture, "the synthesis: \(cut) against \(exact)")
    }
  }

  @Test func batchesInTiles() throws {
    let (whole, tiled) = try Self.codecs("MeanScaleHyperprior", tiling: Tiling(side: .pixels(32)))
    let images = (0..<3).map { testImage(75, 41, seed: $0) }
    let (first, second) = (try whole.encode(images), try tiled.encode(images))
    let payloads = try [first, second].map { try $0.map { try Container(decoding: $0.file, name: "x").payloads } }
    #expect(payloads[0] == payloads[1])
    let decoded = try tiled.decode(second.map(\.file), name: "x")
    for (own, other) in zip(try whole.decode(first.map(\.file), name: "x"), decoded) { try Self.expectNear(own.image, other.image) }
    let bits = (try whole.estimatedBits(images) ?? [], try tiled.estimatedBits(images) ?? [])
    #expect(bits.0.count == 3 && zip(bits.0, bits.1).allSatisfy { abs($0 - $1) < 1e-5 * $0 })
    let payload = (try whole.compressAIPayloads(of: images[0]), try tiled.compressAIPayloads(of: images[0]))
    #expect(payload.0 == payload.1)
    try Self.expectNear(whole.decode(payload.0, name: "x"), tiled.decode(payload.0, name: "x"))
  }

  /// Automatic tiles come where the estimate is above the limit, and not before.
  @Test func automaticTilesFollowTheLimit() throws {
    let codec = try Self.codecs("FactorizedPrior", tiling: .off).whole
    let bytes = try Self.reach(codec).bytesPerPixel
    func tiling(limit: Int, _ width: Int, _ height: Int) throws -> Container.Tiling? {
      let codec = try LearnedCodec(
        model: codec.model, identity: codec.identity, options: .init(tiling: Tiling(memoryLimit: limit)))
      return try Container(decoding: codec.encode(testImage(width, height)).file, name: "x").tiling
    }
    #expect(try tiling(limit: 160 * 320 * bytes, 160, 320) == nil)
    // 128 and twice 32 are too much; 64 and twice 32 are not.
    #expect(try tiling(limit: 128 * 128 * bytes, 160, 320) == Container.Tiling(side: 64, overlap: 32))
    #expect(try tiling(limit: 1, 160, 320) == Container.Tiling(side: 32, overlap: 32))
    // A picture that fits into a tile is not cut, and its file is what it always was.
    #expect(try tiling(limit: 1, 30, 32) == nil)
    #expect(try tiling(limit: Tiling.defaultMemoryLimit, 160, 320) == nil)
  }

  @Test(arguments: [(100, 32), (0, 32), (16, 32), (-32, 32), (48, nil)] as [(Int, Int?)])
  func sidesThatDoNotSuitTheModel(side: Int, least: Int?) throws {
    let tiled = try Self.codecs("FactorizedPrior", tiling: Tiling(side: .pixels(side))).tiled
    if let least {
      #expect(throws: CodecError.tileSide(value: side, stride: 16, least: least)) { try tiled.encode(testImage(200, 200)) }
    } else {
      #expect(throws: Never.self) { try tiled.encode(testImage(200, 200)) }
    }
  }

  @Test func statedOverlaps() throws {
    let image = testImage(200, 90)
    let little = try Self.codecs("FactorizedPrior", tiling: Tiling(side: .pixels(64), overlap: 16)).tiled
    #expect(throws: CodecError.tileOverlap(value: 16, needed: 32)) { try little.encode(image) }
    let (whole, more) = try Self.codecs("FactorizedPrior", tiling: Tiling(side: .pixels(64), overlap: 33))
    let container = try Container(decoding: more.encode(image).file, name: "x")
    #expect(container.tiling == Container.Tiling(side: 64, overlap: 48))
    #expect(try container.payloads == Container(decoding: whole.encode(image).file, name: "x").payloads)
  }

  /// A layer of a user, who says nothing of how far it sees.
  private final class Blur: Layer {
    var members: [Member] { [] }
    func forward(_ input: Tensor) throws -> Tensor {
      let shape = input.shape
      return try input + input.mean(over: [2, 3], keeping: true).expanded(shape)
    }
  }

  /// That of the tiny model, with its tables.
  private func bottleneck() throws -> EntropyBottleneck {
    let bottleneck = try EntropyBottleneck(channels: 6, seeds: SeedSequence(3))
    try bottleneck.updateTables()
    return bottleneck
  }

  @Test func networksOfUnknownReach() throws {
    let known = try tinyModel()
    let model = FactorizedPrior(
      encoder: Sequential([known.analysis, Blur()]), decoder: known.synthesis,
      entropyBottleneck: try bottleneck(), sideMultiple: 16)
    func codec(_ tiling: Tiling) throws -> LearnedCodec { try LearnedCodec(model: model, identity: "m", options: .init(tiling: tiling)) }
    let image = testImage(100, 70)
    let reason = "how far its layer 'Blur' sees is not known; state the overlap of the tiles"
    #expect(throws: CodecError.notTileable(model: "m", reason: reason)) { try codec(Tiling(side: .pixels(64))).encode(image) }
    #expect(try codec(Tiling(memoryLimit: 1)).encode(image).file == codec(.off).encode(image).file)
    // Who states an overlap gets what it gives.
    let stated = try codec(Tiling(side: .pixels(64), overlap: 32))
    let file = try stated.encode(image).file
    #expect(try Container(decoding: file, name: "x").tiling == Container.Tiling(side: 64, overlap: 32))
    #expect(try stated.decode(file, name: "x").image.width == 100)
  }

  /// At most one level of 255, in few samples.
  static func expectNear(_ first: Image, _ second: Image, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect((first.width, first.height) == (second.width, second.height), sourceLocation: sourceLocation)
    var differing = 0
    var largest = 0
    for (own, other) in zip(first.pixels, second.pixels) where own != other {
      differing += 1
      largest = max(largest, abs(Int(own) - Int(other)))
    }
    #expect(largest <= 1 && differing <= first.pixels.count / 1000, "\(differing) samples, by \(largest)", sourceLocation: sourceLocation)
  }
}
