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

/// The models with a context model through the files that the codec writes.
@Suite(.serialized) struct AutoregressiveCodecTests {
  static let models = ["JointAutoregressiveHyperprior", "Cheng2020Anchor", "Cheng2020Attention"]
  static let sizes = [(1, 1), (7, 3), (64, 64), (65, 127)]

  static func codec(_ name: String, activation: String = "GDN") throws -> LearnedCodec {
    try Runtime.setThreads(1)
    let loss = Entry(LossKind.self, "loss.RateDistortion", summary: "None.", settings: NoSettings.self) { _, _ in 0 }
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + [loss])
    var arguments: [(String, Node)] = [("channels", 4), ("activation", .init(.string(activation)))]
    if !name.hasPrefix("Cheng") { arguments.append(("expansion_channels", 6)) }
    let plan: ModelPlan = try catalogue.build(Component<ModelKind>("models.\(name)", .map(arguments)))
    let model = try plan.build(seed: 7)
    // Random weights give latents near zero; larger ones make the payloads say something.
    try withoutGradients {
      for (name, parameter) in model.namedParameters() where name.hasSuffix("weight") && ["g_a", "h_a"].contains(name.prefix(3)) {
        try parameter.tensor.scale(by: 2)
      }
    }
    try model.updateTables()
    return try LearnedCodec(model: model, identity: "models.\(name)")
  }

  /// With one thread and with two: the same file, from which both decode the picture that the model makes without entropy coding.
  @Test(arguments: models, sizes)
  func roundTrips(name: String, size: (width: Int, height: Int)) throws {
    let codec = try Self.codec(name)
    let (width, height) = size
    let image = testImage(width, height)
    let coded = try codec.encode(image)
    let decoded = try codec.decode(coded.file, name: "x.bps")
    let padding = Container.Padding(width: width, height: height, toMultipleOf: 64)
    let expected = try withoutGradients {
      let x = try Tensor.pictures(interleaved: image.pixels, count: 1, height: height, width: width)
        .padded(left: padding.left, right: padding.right, top: padding.top, bottom: padding.bottom)
      let pictures = try codec.model.forward(x, noise: nil).reconstruction
      #expect(try pictures.isFinite())
      return try pictures.narrowed(2, from: padding.top, length: height).narrowed(3, from: padding.left, length: width).interleavedSamples()
    }
    #expect(decoded.image.pixels == expected)
    try Runtime.setThreads(2)
    defer { try? Runtime.setThreads(1) }
    #expect(try codec.encode(image).file == coded.file)
    #expect(try codec.decode(coded.file, name: "x.bps").image == decoded.image)
  }

  @Test(arguments: models, ["GSDN", "OneDN", "GELU", "Identity"])
  func everyNonlinearity(name: String, activation: String) throws {
    let codec = try Self.codec(name, activation: activation)
    let image = testImage(65, 40)
    let picture = try codec.decode(codec.encode(image).file, name: "x.bps").image
    #expect((picture.width, picture.height) == (65, 40))
  }

  @Test(arguments: models)
  func batchesGiveTheSameFiles(name: String) throws {
    let codec = try Self.codec(name)
    let images = (0..<3).map { testImage(70, 33, seed: $0) }
    let together = try codec.encode(images)
    let apart = try images.map { try codec.encode($0) }
    #expect(together.map(\.file) == apart.map(\.file))
    #expect(try codec.decode(together.map(\.file), name: "batch").map(\.image) == apart.map { try codec.decode($0.file, name: "x").image })
  }

  /// With the checksum made right again, so that the damage reaches the model.
  @Test(arguments: models)
  func damagedPayloadsAreRefused(name: String) throws {
    let codec = try Self.codec(name)
    let good = try Container(decoding: codec.encode(testImage(65, 40)).file, name: "x")
    func decode(_ payloads: [[UInt8]]) throws { _ = try codec.decode(Self.file(good, payloads), name: "x") }
    let (y, z) = (good.payloads[0], good.payloads[1])
    #expect(throws: Never.self) { try decode([y, z]) }
    let (cutY, cutZ, longY) = (Array(y.dropLast(4)), Array(z.dropLast(4)), y + [0, 0, 0, 0])
    let wrong: [[[UInt8]]] = [[], [y], [z], [y, z, z], [[], z], [y, []], [cutY, z], [y, cutZ], [longY, z]]
    for payloads in wrong { #expect(throws: CodecError.self) { try decode(payloads) } }
  }

  /// Any bytes in place of a payload give an error or a picture of the right size.
  @Test(arguments: models)
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
      do {
        let image = try codec.decode(Self.file(good, payloads), name: "x").image
        #expect((image.width, image.height) == (40, 40))
      } catch is CodecError {
        refused += 1
      }
    }
    #expect(refused > 100)
  }

  private static func file(_ good: Container, _ payloads: [[UInt8]]) throws -> [UInt8] {
    try Container(
      modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, width: good.width, height: good.height, padding: good.padding,
      latentShapes: good.latentShapes, payloads: payloads
    ).encode()
  }
}
