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

/// Each quantizer through files: what is decoded is what the model makes of the picture without entropy coding.
@Suite(.serialized) struct QuantizerCodecTests {
  /// Quantizers of the catalogue that fit a model, with small codebooks.
  static let rows: [(model: String, quantizer: String)] = [
    ("FactorizedPrior", "AdditiveNoise"), ("FactorizedPrior", "StraightThrough"), ("FactorizedPrior", "Mixed"),
    ("FactorizedPrior", "SoftRounding"), ("FactorizedPrior", "Universal"),
    ("FactorizedPrior", "{class_path: quantizer.Universal, init_args: {alpha: 5, offsets: 4, seed: 77}}"),
    ("FactorizedPrior", "SoftToHard"), ("FactorizedPrior", "{class_path: SoftToHard, init_args: {size: 8, dimension: 3}}"),
    ("FactorizedPrior", "StochasticBinarization"), ("FactorizedPrior", "NonUniform"), ("FactorizedPrior", "EntropyConstrainedVector"),
    ("FactorizedPrior", "{class_path: CascadedVector, init_args: {groups: 3, sizes: [16, 8]}}"),
    ("MeanScaleHyperprior", "Mixed"), ("ScaleHyperprior", "SoftRounding"), ("JointAutoregressiveHyperprior", "StraightThrough"),
  ]

  static func codec(_ model: String, _ quantizer: String, seed: UInt64) throws -> LearnedCodec {
    try Runtime.setThreads(1)
    let loss = Entry(LossKind.self, "loss.RateDistortion", summary: "None.", settings: NoSettings.self) { _, _ in 0 }
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + [loss])
    let text = "model: {class_path: \(model), init_args: {channels: 4, expansion_channels: 6, quantizer: \(quantizer)}}\n"
    let settings = try SettingsDecoder.decode(
      Run.self, from: try ConfigurationFile.parse(text, source: "a.yaml"), components: catalogue)
    let built = try catalogue.build(settings.model, as: ModelPlan.self).build(seed: seed)
    try withoutGradients {
      for (name, parameter) in built.namedParameters() where name.hasPrefix("g_a") && name.hasSuffix("weight") {
        try parameter.tensor.scale(by: 3)
      }
    }
    try built.updateTables()
    return try LearnedCodec(model: built, identity: "models.\(model)")
  }

  struct Run: Settings { var model = Component<ModelKind>("models.FactorizedPrior") }

  @Test(arguments: rows.indices) func roundTrip(row: Int) throws {
    let (model, quantizer) = Self.rows[row]
    let codec = try Self.codec(model, quantizer, seed: 5)
    let image = testImage(64, 64)
    let coded = try codec.encode(image)
    // The decoder is another object, with the weights and tables of the first.
    let other = try Self.codec(model, quantizer, seed: 6)
    try other.model.load(codec.model.storedState())
    let decoder = try LearnedCodec(model: other.model, identity: codec.identity)
    let decoded = try decoder.decode(coded.file, name: "x.bps").image
    let expected = try withoutGradients {
      let pictures = try Tensor.pictures(interleaved: image.pixels, count: 1, height: 64, width: 64)
      return try codec.model.forward(pictures, noise: nil).reconstruction.interleavedSamples()
    }
    #expect(decoded.pixels == expected, "\(quantizer)")
    // The estimate counts no bytes of streams and no statements.
    let bits = try #require(try codec.estimatedBits([image]))[0]
    #expect(abs(Double(coded.payloadByteCount * 8) - bits) < 0.03 * bits + 250, "\(coded.payloadByteCount) bytes, \(bits) bits")
  }

  /// With noise, rounding or both in training the same weights give the same file: they differ in training alone.
  @Test func quantizersOfWholeNumbersCodeAlike() throws {
    let image = testImage(48, 33)
    let files = try ["AdditiveNoise", "StraightThrough", "Mixed", "SoftRounding"].map {
      try Self.codec("FactorizedPrior", $0, seed: 5).encode(image).file
    }
    #expect(files.dropFirst().allSatisfy { $0 == files[0] })
  }

  /// The streams of damaged files are refused: cut, with a statement of other offsets, with numbers of no entry.
  @Test(arguments: ["Universal", "SoftToHard", "StochasticBinarization"]) func damagedStreams(quantizer: String) throws {
    let codec = try Self.codec("FactorizedPrior", quantizer, seed: 5)
    let good = try Container(decoding: codec.encode(testImage(64, 64)).file, name: "x")
    var damages = [good.payloads.dropLast() + [], good.payloads + [[]], [Array(good.payloads[0].dropLast(4))] + good.payloads.dropFirst()]
    damages += [[[UInt8](repeating: 0xA5, count: good.payloads[0].count)] + good.payloads.dropFirst()]
    if good.payloads.count > 1 { damages += [[good.payloads[0], [1, 1, 0, 0, 0, 9]], [good.payloads[0], []]] }
    for payloads in damages {
      let file = try Container(
        modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, width: good.width, height: good.height,
        padding: good.padding, latentShapes: good.latentShapes, payloads: Array(payloads)
      ).encode()
      #expect(throws: CodecError.self) { try codec.decode(file, name: "x.bps") }
    }
  }

  /// A header cannot ask for more memory than the payload pays for.
  @Test(arguments: ["Universal", "SoftToHard"]) func largeHeaders(quantizer: String) throws {
    let codec = try Self.codec("FactorizedPrior", quantizer, seed: 5)
    let good = try Container(decoding: codec.encode(testImage(16, 16)).file, name: "x")
    let file = try Container(
      modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, width: 8000, height: 8000,
      latentShapes: [.init(height: 500, width: 500)], payloads: good.payloads
    ).encode()
    #expect(throws: CodecError.self) { try codec.decode(file, name: "x.bps") }
  }
}
