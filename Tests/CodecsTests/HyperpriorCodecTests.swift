import Configuration
import EntropyCoding
import Images
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch

@testable import Codecs

/// Every model with every non-linearity, through the files that the codec writes.
@Suite(.serialized) struct HyperpriorCodecTests {
  static let models = ["FactorizedPrior", "ScaleHyperprior", "MeanScaleHyperprior"]
  static let activations = ["GDN", "OneDN", "GSDN", "ReLU", "LeakyReLU", "GELU", "Identity"]
  static let sizes = [(1, 1), (7, 3), (64, 64), (65, 127)]

  static func codec(_ name: String, activation: String = "GDN", seed: UInt64 = 7) throws -> LearnedCodec {
    try Runtime.setThreads(1)
    let loss = Entry(LossKind.self, "loss.RateDistortion", summary: "None.", settings: NoSettings.self) { _, _ in 0 }
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + [loss])
    let arguments: Node = ["channels": 4, "expansion_channels": 6, "activation": .init(.string(activation))]
    let plan: ModelPlan = try catalogue.build(Component<ModelKind>("models.\(name)", arguments))
    let model = try plan.build(seed: seed)
    // Random weights give latents near zero; larger ones make the payloads say something.
    try withoutGradients {
      for (name, parameter) in model.namedParameters() where name.hasSuffix("weight") && !name.hasPrefix("g_s") {
        try parameter.tensor.scale(by: 3)
      }
    }
    try model.updateTables()
    return try LearnedCodec(model: model, identity: "models.\(name)")
  }

  @Test(arguments: models, activations)
  func roundTrips(name: String, activation: String) throws {
    let codec = try Self.codec(name, activation: activation)
    for (width, height) in Self.sizes {
      let image = testImage(width, height)
      let coded = try codec.encode(image)
      let decoded = try codec.decode(coded.file, name: "x.bps")
      let multiple = codec.model.sideMultiple
      let padding = Container.Padding(width: width, height: height, toMultipleOf: multiple)
      // The decoder's picture is the one that the model makes of the padded picture without entropy coding.
      let (expected, spread) = try withoutGradients {
        let x = try Tensor.pictures(interleaved: image.pixels, count: 1, height: height, width: width)
          .padded(left: padding.left, right: padding.right, top: padding.top, bottom: padding.bottom)
        let pictures = try codec.model.forward(x, noise: nil).reconstruction
        let cut = try pictures.narrowed(2, from: padding.top, length: height).narrowed(3, from: padding.left, length: width)
        return (try cut.interleavedSamples(), try pictures.isFinite())
      }
      #expect(spread)
      #expect(decoded.image.pixels == expected, "\(width)×\(height)")
      let container = try Container(decoding: coded.file, name: "x.bps")
      #expect(container.payloads.count == (name == "FactorizedPrior" ? 1 : 2))
      #expect(container.latentShapes == [.init(height: (height + multiple - 1) / multiple, width: (width + multiple - 1) / multiple)])
    }
  }

  @Test(arguments: ["ScaleHyperprior", "MeanScaleHyperprior"])
  func batchesGiveTheSameFiles(name: String) throws {
    let codec = try Self.codec(name)
    let images = (0..<3).map { testImage(70, 33, seed: $0) }
    let together = try codec.encode(images)
    let apart = try images.map { try codec.encode($0) }
    #expect(together.map(\.file) == apart.map(\.file))
    #expect(try codec.decode(together.map(\.file), name: "batch").map(\.image) == apart.map { try codec.decode($0.file, name: "x").image })
  }

  /// Without training the densities fit badly, so that the payload says little about the estimate.
  @Test(arguments: ["ScaleHyperprior", "MeanScaleHyperprior"])
  func theEstimateHasBothLatents(name: String) throws {
    let codec = try Self.codec(name)
    let image = testImage(128, 64)
    let x = try Tensor.pictures(interleaved: image.pixels, count: 1, height: 64, width: 128)
    let bits = try codec.model.forward(x, noise: nil).likelihoods.map { name, tensor in
      (name, -(try tensor.detached().logarithm().sum().item()) / 0.693_147_180_559_945_3)
    }
    #expect(bits.map(\.0) == ["z", "y"] && bits.allSatisfy { $0.1 > 1 })
    let found = try #require(try codec.estimatedBits([image])?.first)
    #expect(abs(found - bits.reduce(0) { $0 + $1.1 }) < 1e-4 * found)
  }

  /// With the checksum made right again, so that the damage reaches the model.
  @Test(arguments: ["ScaleHyperprior", "MeanScaleHyperprior"])
  func damagedPayloadsAreRefused(name: String) throws {
    let codec = try Self.codec(name)
    let good = try Container(decoding: codec.encode(testImage(65, 40)).file, name: "x")
    func decode(_ payloads: [[UInt8]], shapes: [Container.SpatialShape]? = nil) throws {
      let file = try Container(
        modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, width: good.width, height: good.height, padding: good.padding,
        latentShapes: shapes ?? good.latentShapes, payloads: payloads
      ).encode()
      _ = try codec.decode(file, name: "x")
    }
    let (y, z) = (good.payloads[0], good.payloads[1])
    #expect(throws: Never.self) { try decode([y, z]) }
    let (cutY, cutZ, longY) = (Array(y.dropLast(4)), Array(z.dropLast(4)), y + [0, 0, 0, 0])
    let wrong: [[[UInt8]]] = [[], [y], [z], [y, z, z], [z, y], [[], z], [y, []], [cutY, z], [y, cutZ], [longY, z]]
    for payloads in wrong { #expect(throws: CodecError.self) { try decode(payloads) } }
    #expect(throws: CodecError.self) { try decode([y, z], shapes: [.init(height: 4, width: 8)]) }
  }

  /// Any bytes in place of a payload give an error or a picture of the right size.
  @Test(arguments: ["ScaleHyperprior", "MeanScaleHyperprior"])
  func changedBytesNeverCrash(name: String) throws {
    let codec = try Self.codec(name)
    let good = try Container(decoding: codec.encode(testImage(40, 40)).file, name: "x")
    var state: UInt64 = 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var refused = 0
    for round in 0..<200 {
      var payloads = good.payloads
      let stream = round % 2
      for _ in 0...random(3) { payloads[stream][random(payloads[stream].count)] = UInt8(random(256)) }
      let file = try Container(
        modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, width: good.width, height: good.height, padding: good.padding,
        latentShapes: good.latentShapes, payloads: payloads
      ).encode()
      do {
        let image = try codec.decode(file, name: "x").image
        #expect((image.width, image.height) == (40, 40))
      } catch is CodecError {
        refused += 1
      }
    }
    #expect(refused > 100)
  }
}
