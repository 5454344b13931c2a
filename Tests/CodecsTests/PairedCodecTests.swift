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

/// Pictures coded to files by models of two latents.
@Suite(.serialized) struct PairedCodecTests {
  private static func codec(_ settings: String, tiling: Tiling = .off) throws -> LearnedCodec {
    let loss = Entry(LossKind.self, "loss.RateDistortion", summary: "None.", settings: NoSettings.self) { _, _ in 0 }
    let catalogue = try Catalogue(LayerEntries.all + BlockEntries.all + LatentModelEntries.all + ModelEntries.all + [loss])
    struct Run: Settings { var model = Component<ModelKind>("models.Octave") }
    let text = "model: {class_path: \(settings)}"
    let run = try SettingsDecoder.decode(Run.self, from: ConfigurationFile.parse(text, source: "a.yaml"), components: catalogue)
    let plan: ModelPlan = try catalogue.build(run.model)
    let model = try plan.build(seed: 5)
    try withoutGradients {
      // Fresh weights give latents that round to zero.
      for (name, parameter) in model.namedParameters() where name.hasPrefix("g_a.") && name.hasSuffix(".weight") {
        try parameter.tensor.detached().scale(by: 6)
      }
    }
    try model.updateTables()
    return try LearnedCodec(
      model: model, identity: "models.Octave", options: .init(tiling: tiling))
  }

  static let models = [
    "models.Octave, init_args: {channels: 4, expansion_channels: 6, activation: nonlinearity.ReLU}",
    "models.Octave, init_args: {channels: 4, expansion_channels: 6, context_model: context.Checkerboard, conditional: true}",
    "models.DualBranch, init_args: {channels: 4, expansion_channels: 8, context_model: {class_path: context.ChannelWise, init_args: {slices: 2}}}",
  ]

  /// What an encoder thinks to be coded is what a decoder shows, for sides that are multiples of nothing.
  @Test(arguments: models) func filesAreDecoded(settings: String) throws {
    let codec = try Self.codec(settings)
    let image = testImage(150, 131)
    let coded = try codec.encode(image)
    let decoded = try codec.decode(coded.file, name: "x").image
    #expect(decoded.width == 150 && decoded.height == 131)
    let container = try Container(decoding: coded.file, name: "x")
    #expect(container.payloads.count == 4)
    #expect(container.payloads.reduce(0) { $0 + $1.count } > 64)
  }

  /// Coding in tiles gives the same payloads.
  @Test(arguments: models.filter { $0.contains("ReLU") || $0.contains("Dual") }) func tilesChangeNothing(settings: String) throws {
    let whole = try Self.codec(settings)
    let reach = try TransformReach(of: #require(whole.model as? any TransformCodingModel), on: .cpu)
    let overlap = try max(#require(reach.analysisOverlap), #require(reach.synthesisOverlap))
    #expect(reach.stride == 32)
    let side = overlap * reach.stride
    let tiled = try LearnedCodec(model: whole.model, identity: whole.identity, options: .init(tiling: Tiling(side: .pixels(side))))
    let image = testImage(2 * side + 21, 3 * side + 37)
    let (first, second) = (try whole.encode(image), try tiled.encode(image))
    let (plain, noted) = (try Container(decoding: first.file, name: "whole"), try Container(decoding: second.file, name: "tiled"))
    #expect(plain.payloads == noted.payloads && noted.tiling != nil)
    try TilingTests.expectNear(whole.decode(first.file, name: "x").image, tiled.decode(second.file, name: "x").image)
  }

  /// Deformable blocks do not say how far they see.
  @Test func unknownReachIsTold() throws {
    let encoder =
      "{class_path: networks.Recombined, init_args: {insert: {class_path: blocks.LiteDeformable, init_args: {groups: 2}}, after: [1]}}"
    let codec = try Self.codec(
      "models.FactorizedPrior, init_args: {channels: 4, expansion_channels: 6, encoder: \(encoder)}")
    let reach = try TransformReach(of: #require(codec.model as? any TransformCodingModel), on: .cpu)
    #expect(reach.analysisOverlap == nil && reach.unknownLayer == "LiteDeformableBlock")
    let image = testImage(40, 30)
    #expect(try codec.decode(codec.encode(image).file, name: "x").image.width == 40)
  }
}
