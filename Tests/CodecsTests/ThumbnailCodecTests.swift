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

/// Thumbnails of coded files.
@Suite(.serialized) struct ThumbnailCodecTests {
  private static func codec(_ head: Node?, control: Node? = nil) throws -> LearnedCodec {
    try Runtime.setThreads(1)
    let loss = Entry(LossKind.self, "loss.RateDistortion", summary: "None.", settings: NoSettings.self) { _, _ in 0 }
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + [loss])
    var arguments: Node = ["channels": 4, "expansion_channels": 6, "activation": "nonlinearity.ReLU"]
    arguments["context_model"] = ["class_path": "context.ChannelWise", "init_args": ["slices": 3]]
    if let head { arguments["thumbnail"] = head }
    if let control { arguments["rate_control"] = control }
    let plan: ModelPlan = try catalogue.build(Component<ModelKind>("models.Composed", arguments))
    let model = try plan.build(seed: 7)
    // Random weights give latents near zero; larger ones make the payloads say something.
    try withoutGradients {
      for (name, parameter) in model.namedParameters() where name.hasSuffix("weight") && name.hasPrefix("g_a") {
        try parameter.tensor.scale(by: 5)
      }
    }
    try model.updateTables()
    return try LearnedCodec(model: model, identity: "models.Composed")
  }

  private static func head(_ upsampling: Int) -> Node {
    ["class_path": "networks.ThumbnailSynthesis", "init_args": ["width": 8, "upsampling": Node(.int(upsampling))]]
  }

  @Test(arguments: [1, 2, 16], [(64, 64), (65, 130), (1, 7)])
  func thumbnailsHaveTheirPartOfTheSides(upsampling: Int, size: (width: Int, height: Int)) throws {
    let codec = try Self.codec(Self.head(upsampling))
    let file = try codec.encode(testImage(size.width, size.height)).file
    let factor = 16 / upsampling
    let thumbnail = try codec.thumbnail(file, name: "x.bps")
    for (side, length) in [(thumbnail.width, size.width), (thumbnail.height, size.height)] {
      let least = (length + factor - 1) / factor
      #expect(side == least || side == least + 1, "\(thumbnail.width)×\(thumbnail.height)")
    }
    // The last of several shows what the one of all groups does.
    let several = try codec.thumbnails(file, name: "x.bps", stages: 3)
    #expect(several.map(\.groups) == [1, 2, 3] && several.last?.image == thumbnail)
    #expect(several.allSatisfy { $0.groupCount == 3 && $0.image.width == thumbnail.width })
  }

  /// A picture without padding: the network's own output, from the latent that the decoder has.
  @Test func aThumbnailIsWhatTheNetworkShowsOfTheLatent() throws {
    let codec = try Self.codec(Self.head(2), control: "rate_control.GainUnits")
    let file = try codec.at(RatePosition(2)).encode(testImage(128, 64)).file
    let model = try #require(codec.at(RatePosition(2)).model as? ComposedModel)
    let container = try Container(decoding: file, name: "x.bps")
    let latent = container.latentShapes[0]
    let coded = CodedBatch(payloads: container.payloads.map { [$0] }, latentHeight: latent.height, latentWidth: latent.width)
    let own = try withoutGradients {
      try #require(model.thumbnailSynthesis).forward(model.decodedLatent(of: coded)).clamped(from: 0, to: 1).interleavedSamples()
    }
    let thumbnail = try codec.thumbnail(file, name: "x.bps")
    #expect(thumbnail.width == 16 && thumbnail.height == 8 && thumbnail.pixels == Array(own))
  }

  /// Files do not know of the network, so that it can be trained when there are files already.
  @Test func weightsWithAndWithoutDecodeEachOther() throws {
    let (with, without) = (try Self.codec(Self.head(2)), try Self.codec(nil))
    let image = testImage(70, 40)
    let file = try without.encode(image).file
    #expect(try with.encode(image).file == file && with.weightsHash == without.weightsHash)
    #expect(try with.decode(file, name: "x.bps").image == without.decode(file, name: "x.bps").image)
    #expect(try with.thumbnail(file, name: "x.bps").width == 10)
    #expect(throws: CodecError.noThumbnails(name: "x.bps")) { try without.thumbnail(file, name: "x.bps") }
    #expect(throws: CodecError.noThumbnails(name: "x.bps")) { try without.thumbnails(file, name: "x.bps", stages: 2) }
    #expect(throws: (any Error).self) { try with.thumbnail(Array(file.dropLast(3)), name: "x.bps") }
  }

  static let wrong: [(head: Node, sentence: String)] = [
    (["class_path": "networks.ThumbnailSynthesis", "init_args": ["upsampling": 3]], "smaller than the pictures by a whole number"),
    (["class_path": "networks.ThumbnailSynthesis", "init_args": ["expansion_channels": 5]], "the network of thumbnails takes 5"),
    ("networks.HyperAnalysis", "smaller than the pictures by a whole number"),
  ]

  @Test(arguments: wrong.indices) func whatDoesNotFitIsTold(number: Int) throws {
    let error = try #require(throws: (any Error).self) { try Self.codec(Self.wrong[number].head) }
    #expect("\(error)".contains(Self.wrong[number].sentence), "\(error)")
  }
}
