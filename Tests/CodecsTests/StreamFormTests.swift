import EntropyCoding
import Images
import LatentModels
import Models
import Testing
import Torch

@testable import Codecs

/// Both forms of streams through files.
@Suite(.serialized) struct StreamFormTests {
  /// Every kind of bitstream: of models, and of quantizers of the factorized prior.
  static let names = HyperpriorCodecTests.models + AutoregressiveCodecTests.models + ["Universal", "SoftToHard"]

  static func codecs(_ name: String) throws -> (compatible: LearnedCodec, interleaved: LearnedCodec) {
    let codec =
      switch name {
      case "Universal", "SoftToHard": try QuantizerCodecTests.codec("FactorizedPrior", name, seed: 7)
      case _ where AutoregressiveCodecTests.models.contains(name): try AutoregressiveCodecTests.codec(name)
      default: try HyperpriorCodecTests.codec(name)
      }
    return (codec, try LearnedCodec(model: codec.model, identity: codec.identity, options: .init(streamForm: .interleaved)))
  }

  @Test(arguments: names)
  func bothFormsGiveTheSamePicture(name: String) throws {
    let (compatible, interleaved) = try Self.codecs(name)
    for (width, height) in [(1, 1), (65, 127), (200, 130)] {
      let image = testImage(width, height)
      let (first, second) = (try compatible.encode(image).file, try interleaved.encode(image).file)
      let (plain, formed) = (try Container(decoding: first, name: "a"), try Container(decoding: second, name: "b"))
      #expect(plain.streamForm == .compatible && plain.version < 3 && formed.streamForm == .interleaved && formed.version == 4)
      #expect(plain.arithmetic == formed.arithmetic && plain.latentShapes == formed.latentShapes)
      // The streams that do not change: what is decoded place by place, and what says the offsets of a dithered latent.
      let hasContext = AutoregressiveCodecTests.models.contains(name)
      for (stream, (old, new)) in zip(plain.payloads, formed.payloads).enumerated() {
        if hasContext && stream == 0 || name == "Universal" && stream == 1 {
          #expect(old == new)
        } else {
          #expect(abs(new.count - old.count - 24) <= 12, "\(old.count) and \(new.count) bytes")
        }
      }
      // The file alone says how it is read.
      let pictures = try [(compatible, first), (compatible, second), (interleaved, first), (interleaved, second)].map { codec, file in
        try codec.decode(file, name: "x").image
      }
      #expect(pictures.allSatisfy { $0 == pictures[0] } && pictures[0].width == width)
    }
  }

  @Test func batchesAndTilesAreInterleavedToo() throws {
    let (compatible, interleaved) = try Self.codecs("MeanScaleHyperprior")
    let images = [testImage(60, 40), testImage(60, 40, seed: 3)]
    let together = try interleaved.encode(images).map(\.file)
    #expect(try together == images.map { try interleaved.encode($0).file })
    #expect(
      try compatible.decode(together, name: "x").map(\.image)
        == images.map { try compatible.decode(compatible.encode($0).file, name: "y").image })
    let mixed = [together[0], try compatible.encode(images[1]).file]
    #expect(throws: CodecError.sizes(name: "x", reason: "its streams are compatible, and those of another file of its batch interleaved")) {
      try compatible.decode(mixed, name: "x")
    }
    let options = LearnedCodec.Options(tiling: Tiling(side: .pixels(64)), streamForm: .interleaved)
    let tiled = try LearnedCodec(model: compatible.model, identity: compatible.identity, options: options)
    let image = testImage(200, 130)
    let container = try Container(decoding: tiled.encode(image).file, name: "x")
    #expect(container.version == 4 && container.tiling == Container.Tiling(side: 64, overlap: 32))
    #expect(try container.payloads == Container(decoding: interleaved.encode(image).file, name: "x").payloads)
  }

  @Test func damageIsToldWithItsPlace() throws {
    let (_, codec) = try Self.codecs("ScaleHyperprior")
    let good = try Container(decoding: codec.encode(testImage(64, 64)).file, name: "x")
    func file(_ payloads: [[UInt8]], form: StreamForm) throws -> [UInt8] {
      try Container(
        modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, arithmetic: good.arithmetic, streamForm: form, width: good.width,
        height: good.height, padding: good.padding, latentShapes: good.latentShapes, payloads: payloads
      ).encode()
    }
    func reason(_ bytes: [UInt8]) -> String {
      do {
        _ = try codec.decode(bytes, name: "x.bps")
        return "none"
      } catch {
        return "\(error)"
      }
    }
    #expect(reason(try file(good.payloads, form: .interleaved)) == "none")
    // Streams that are read in another form than they were written in.
    #expect(reason(try file(good.payloads, form: .compatible)).hasPrefix("'x.bps' cannot be decoded: "))
    let short = reason(try file([good.payloads[0], [0, 0, 0, 0x80, 0, 0, 0, 0]], form: .interleaved))
    #expect(short.contains("a stream has at least 32 and a multiple of 4"), "\(short)")
    let cut = reason(try file([Array(good.payloads[0].dropLast(4)), good.payloads[1]], form: .interleaved))
    #expect(cut.contains("ends before symbol") || cut.contains("a stream has at least 32"), "\(cut)")
  }

  @Test func compressAIGetsNoOtherForm() throws {
    let (compatible, interleaved) = try Self.codecs("FactorizedPrior")
    #expect(try compatible.compressAIPayloads(of: testImage(20, 20)).strings.count == 1)
    #expect(throws: CodecError.payloadForm(form: "interleaved")) { try interleaved.compressAIPayloads(of: testImage(20, 20)) }
  }

  /// A model that knows nothing of forms, as one of a package of its own may be.
  private final class Plain: CompressionModel {
    let inner: FactorizedPrior
    init(_ inner: FactorizedPrior) { self.inner = inner }
    var members: [Member] { inner.members }
    var sideMultiple: Int { inner.sideMultiple }
    func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput { try inner.forward(pictures, noise: noise) }
    func auxiliaryLoss() throws -> Tensor { try inner.auxiliaryLoss() }
    func updateTables() throws { try inner.updateTables() }
    func compress(_ pictures: Tensor) throws -> CodedBatch { try inner.compress(pictures) }
    func decompress(_ coded: CodedBatch) throws -> Tensor { try inner.decompress(coded) }
  }

  @Test func modelsWithoutOtherFormsSaySo() throws {
    let model = Plain(try tinyModel())
    #expect(throws: CodecError.streamForm(model: "models.Plain", form: "interleaved")) {
      try LearnedCodec(model: model, identity: "models.Plain", options: .init(streamForm: .interleaved))
    }
    let codec = try LearnedCodec(model: model, identity: "models.Plain")
    let other = try LearnedCodec(model: model.inner, identity: "models.Plain", options: .init(streamForm: .interleaved))
    #expect(try codec.decode(codec.encode(testImage(20, 20)).file, name: "x").image.width == 20)
    #expect(throws: CodecError.sizes(name: "x", reason: "its streams are interleaved, and the model has no such streams")) {
      try codec.decode(other.encode(testImage(20, 20)).file, name: "x")
    }
  }
}
