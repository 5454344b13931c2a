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

/// Models of several rates through the files that the codec writes.
@Suite(.serialized) struct VariableRateCodecTests {
  static let models = ["VariableRateScaleHyperprior", "VariableRateMeanScaleHyperprior", "VariableRateJointAutoregressiveHyperprior"]

  static func codec(_ name: String, rate: Double? = nil, control: Node? = nil) throws -> LearnedCodec {
    try Runtime.setThreads(1)
    let loss = Entry(LossKind.self, "loss.RateDistortion", summary: "None.", settings: NoSettings.self) { _, _ in 0 }
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + [loss])
    var arguments: Node = ["channels": 4, "expansion_channels": 6]
    if let control { arguments["rate_control"] = control }
    let plan: ModelPlan = try catalogue.build(Component<ModelKind>("models.\(name)", arguments))
    let model = try plan.build(seed: 7)
    // Random weights give latents near zero; larger ones make the payloads say something.
    try withoutGradients {
      for (name, parameter) in model.namedParameters() where name.hasSuffix("weight") && name.hasPrefix("g_a") {
        try parameter.tensor.scale(by: 5)
      }
    }
    try model.updateTables()
    var options = LearnedCodec.Options()
    options.rate = rate.map { RatePosition($0) }
    return try LearnedCodec(model: model, identity: "models.\(name)", options: options)
  }

  @Test(arguments: models)
  func everyRateComesBack(name: String) throws {
    let codec = try Self.codec(name)
    #expect(codec.rate == RatePosition(7) && codec.rateAxis?.lambdas.count == 8)
    let image = testImage(65, 130)
    var sizes: [Int] = []
    for position in [0, 2, 3.7, 7] {
      let own = try codec.at(RatePosition(position))
      let coded = try own.encode(image)
      sizes.append(coded.file.count)
      #expect(try Container(decoding: coded.file, name: "x.bps").ratePosition == RatePosition(position).coded)
      // Whatever the rate of the codec that decodes.
      let decoded = try codec.decode(coded.file, name: "x.bps").image
      #expect(try own.decode(coded.file, name: "x.bps").image == decoded)
      let same = try Self.codec(name, rate: position)
      #expect(try same.encode(image).file == coded.file && same.weightsHash == codec.weightsHash)
    }
    // Without a step in between all intervals are wider, so that no symbol grows.
    #expect(sizes == sizes.sorted() && sizes[0] < sizes[3], "\(sizes)")
  }

  @Test(arguments: models) func interleavedStreamsHaveARateToo(name: String) throws {
    let codec = try Self.codec(name)
    var options = LearnedCodec.Options(streamForm: .interleaved)
    options.rate = RatePosition(2.5)
    let interleaved = try LearnedCodec(model: codec.whole, identity: codec.identity, options: options)
    let file = try interleaved.encode(testImage(64, 128)).file
    let container = try Container(decoding: file, name: "x")
    #expect(container.version == 5 && container.streamForm == .interleaved && container.ratePosition == 2560)
    let plain = try codec.at(RatePosition(2.5)).encode(testImage(64, 128)).file
    #expect(try codec.decode(file, name: "x").image == codec.decode(plain, name: "x").image)
  }

  @Test func batchesAreCodedTogether() throws {
    let codec = try Self.codec(Self.models[1], rate: 1.5)
    let images = [testImage(64, 64), testImage(64, 64, seed: 3)]
    let together = try codec.encode(images).map(\.file)
    #expect(try together == images.map { try codec.encode($0).file })
    #expect(try codec.decode(together, name: "x.bps").map(\.image) == together.map { try codec.decode($0, name: "x.bps").image })
    let other = try codec.at(RatePosition(2)).encode(images[0]).file
    let error = try #require(throws: CodecError.self) { try codec.decode([together[0], other], name: "x.bps") }
    #expect("\(error)".contains("another rate than a file of its batch"))
  }

  @Test(arguments: [
    "GainUnits", "QuantizationRegulator", "ScaleParameters", "ConditionalConvolutions", "ModulatedAutoencoder", "SpatialFeatureTransform",
  ])
  func everyControlIsCodedAndDecoded(control: String) throws {
    let codec = try Self.codec("MeanScaleHyperprior", rate: 2.5, control: .init(.string(control)))
    let image = testImage(70, 33)
    let file = try codec.encode(image).file
    let decoded = try Self.codec("MeanScaleHyperprior", control: .init(.string(control))).decode(file, name: "x.bps").image
    #expect(try decoded == codec.decode(file, name: "x.bps").image && (decoded.width, decoded.height) == (70, 33))
  }

  @Test func aMapIsNoPartOfTheFile() throws {
    let codec = try Self.codec("MeanScaleHyperprior", control: "rate_control.SpatialFeatureTransform")
    let image = testImage(100, 70)
    let white = Image(width: 100, height: 70, pixels: [UInt8](repeating: 255, count: 21_000))
    let half = Image(width: 100, height: 70, pixels: (0..<21_000).map { $0 % 300 < 150 ? 255 : 0 })
    let file = try codec.encode(image, qualityMap: half).file
    #expect(try file != codec.encode(image, qualityMap: white).file)
    #expect(try Container(decoding: file, name: "x").ratePosition == 3584)
    #expect(try codec.decode(file, name: "x").image.width == 100)
    let error = try #require(throws: CodecError.self) { try codec.encode(testImage(3, 3), qualityMap: half) }
    #expect(error == .qualityMap(width: 100, height: 70, pictureWidth: 3, pictureHeight: 3))
    #expect(throws: RateError.noQualityMap) { try Self.codec(Self.models[0]).encode(image, qualityMap: half) }
    #expect(throws: RateError.noQualityMap) {
      try LearnedCodec(model: tinyModel(), identity: "models.X").encode(image, qualityMap: half)
    }
  }

  @Test func ratesThatThereAreNotAreRefused() throws {
    let codec = try Self.codec(Self.models[1])
    #expect(throws: RateError.noSuchPoint(position: 7.5, last: 7)) { try codec.at(RatePosition(7.5)) }
    #expect(throws: RateError.noSuchPoint(position: 8, last: 7)) { try Self.codec(Self.models[1], rate: 8) }
    var options = LearnedCodec.Options()
    options.rate = RatePosition(1)
    #expect(throws: RateError.fixedRate(model: "models.X")) {
      try LearnedCodec(model: tinyModel(), identity: "models.X", options: options)
    }
    // Files of which only the rate was changed.
    let file = try Container(decoding: codec.encode(testImage(8, 8)).file, name: "x.bps")
    for (rate, reason) in [(nil, "it states no rate, and the model has several"), (8192, "it states a rate that the model has not")] {
      let changed = try Container(
        modelIdentity: file.modelIdentity, weightsHash: file.weightsHash, arithmetic: file.arithmetic, ratePosition: rate,
        width: file.width, height: file.height, padding: file.padding, latentShapes: file.latentShapes, payloads: file.payloads)
      let error = try #require(throws: CodecError.self) { try codec.decode(changed.encode(), name: "x.bps") }
      #expect("\(error)".contains(reason), "\(error)")
    }
  }

  @Test func tilesGiveTheSameFileOfEveryRate() throws {
    let codec = try Self.codec(Self.models[1], rate: 3.25)
    var options = LearnedCodec.Options(tiling: Tiling(side: .pixels(128)))
    options.rate = codec.rate
    let tiled = try LearnedCodec(model: codec.whole, identity: codec.identity, options: options)
    let image = testImage(400, 300)
    let (one, other) = (try tiled.encode(image).file, try codec.encode(image).file)
    let (left, right) = (try Container(decoding: one, name: "x"), try Container(decoding: other, name: "x"))
    #expect(left.tiling != nil && left.payloads == right.payloads && left.ratePosition == right.ratePosition)
    let (whole, parts) = (try codec.decode(one, name: "x").image.pixels, try tiled.decode(other, name: "x").image.pixels)
    #expect(whole.count == parts.count && zip(whole, parts).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
  }
}
