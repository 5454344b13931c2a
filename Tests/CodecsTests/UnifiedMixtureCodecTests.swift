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

/// Levels of codebooks through files.
@Suite(.serialized) struct UnifiedMixtureCodecTests {
  private static func codec(seed: UInt64, form: StreamForm = .compatible) throws -> LearnedCodec {
    try Runtime.setThreads(1)
    let loss = Entry(LossKind.self, "loss.RateDistortion", summary: "None.", settings: NoSettings.self) { _, _ in 0 }
    let catalogue = try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + [loss])
    let text = """
      model:
        class_path: models.UnifiedMixture
        init_args: {channels: 4, quantizer: {init_args: {sizes: [32, 8, 4]}}}
      """
    let settings = try SettingsDecoder.decode(
      QuantizerCodecTests.Run.self, from: try ConfigurationFile.parse(text + "\n", source: "a.yaml"), components: catalogue)
    let model = try catalogue.build(settings.model, as: ModelPlan.self).build(seed: seed)
    // Some steps of counting, so that the frequencies differ.
    for step in 0..<5 {
      let pictures = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: UInt64(step))
      _ = try withoutGradients {
        try model.inTraining { try model.forward(pictures, noise: SampleNoise(seed: 1, step: step, indices: [0])) }
      }
    }
    try model.updateTables()
    return try LearnedCodec(model: model, identity: "models.UnifiedMixture", options: .init(streamForm: form))
  }

  @Test(arguments: [(1, 1), (64, 64), (70, 33), (200, 129)], [StreamForm.compatible, .interleaved])
  func roundTrip(size: (width: Int, height: Int), form: StreamForm) throws {
    let codec = try Self.codec(seed: 5, form: form)
    let image = testImage(size.width, size.height)
    let coded = try codec.encode(image)
    let other = try Self.codec(seed: 6)
    try other.model.load(codec.model.storedState())
    let decoder = try LearnedCodec(model: other.model, identity: codec.identity)
    let decoded = try decoder.decode(coded.file, name: "x.bps").image
    let container = try Container(decoding: coded.file, name: "x")
    #expect(container.payloads.count == 3)
    let padding = container.padding
    let expected = try withoutGradients {
      let pictures = try Tensor.pictures(interleaved: image.pixels, count: 1, height: size.height, width: size.width)
        .padded(left: padding.left, right: padding.right, top: padding.top, bottom: padding.bottom)
      return try codec.model.forward(pictures, noise: nil).reconstruction.narrowed(2, from: padding.top, length: size.height)
        .narrowed(3, from: padding.left, length: size.width).interleavedSamples()
    }
    #expect(decoded.pixels == expected)
    // Each stream ends with the state of its coder, or of its four.
    let bits = try #require(try codec.estimatedBits([image]))[0]
    let ends = 3.0 * (form == .interleaved ? 4 * 64 : 64)
    let difference = abs(Double(coded.payloadByteCount * 8) - bits)
    #expect(difference < 0.03 * bits + ends, "\(coded.payloadByteCount) bytes, \(bits) bits")
  }

  /// Parts of a picture give the file of the whole.
  @Test func tilesGiveTheSameFile() throws {
    let whole = try Self.codec(seed: 5)
    let tiled = try LearnedCodec(model: whole.model, identity: whole.identity, options: .init(tiling: Tiling(side: .pixels(128))))
    let image = testImage(300, 260)
    let (one, two) = (try whole.encode(image), try tiled.encode(image))
    let containers = try [one, two].map { try Container(decoding: $0.file, name: "x") }
    #expect(containers[1].tiling != nil && containers[0].payloads == containers[1].payloads)
  }

  @Test func damagedStreams() throws {
    let codec = try Self.codec(seed: 5)
    let good = try Container(decoding: codec.encode(testImage(128, 128)).file, name: "x")
    let first = good.payloads[0]
    let damages: [[[UInt8]]] = [
      Array(good.payloads.dropLast()), good.payloads + [[]], [Array(first.dropLast(4))] + good.payloads.dropFirst(),
      [[UInt8](repeating: 0xA5, count: first.count)] + good.payloads.dropFirst(), Array(good.payloads.reversed()), [[], [], []],
    ]
    for payloads in damages {
      let file = try Container(
        modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, width: good.width, height: good.height,
        padding: good.padding, latentShapes: good.latentShapes, payloads: payloads
      ).encode()
      #expect(throws: CodecError.self) { try codec.decode(file, name: "x.bps") }
    }
    // A header cannot ask for more memory than the payload pays for.
    let large = try Container(
      modelIdentity: good.modelIdentity, weightsHash: good.weightsHash, width: 8192, height: 8192,
      latentShapes: [.init(height: 128, width: 128)], payloads: good.payloads
    ).encode()
    #expect(throws: CodecError.self) { try codec.decode(large, name: "x.bps") }
  }
}
