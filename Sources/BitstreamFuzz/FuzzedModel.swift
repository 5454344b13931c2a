import Benchpresso
import Codecs
import Configuration
import EntropyCoding
import Images
import Models
import Registry
import Torch
import Weights

/// A tiny model of one kind of bitstream with random weights, and valid files of it.
struct FuzzedModel {
  let codec: LearnedCodec
  /// The same in tiles.
  let tiledCodec: LearnedCodec
  let sideMultiple: Int
  let files: [Container]
  private let model: any CompressionModel
  private let bottleneck: CodingTables
  /// The tables of y; nil without a hyperprior.
  private let conditional: CodingTables?

  /// The kinds of bitstreams: one latent, two with scales, with scales and means, and coded element after element, and those of quantizers.
  static let names = ["FactorizedPrior", "ScaleHyperprior", "MeanScaleHyperprior", "JointAutoregressiveHyperprior"] + quantizers

  /// Quantizers of a factorized prior whose streams are others than those of whole numbers: with a statement of offsets, and numbers of entries.
  private static let quantizers = ["Universal", "SoftToHard"]

  /// The side of tiles, the least that a picture of 128 pixels is cut into.
  private static let tileSide = 64

  init(_ name: String) throws {
    try Runtime.setThreads(1)
    let isQuantizer = Self.quantizers.contains(name)
    let identity = isQuantizer ? "models.FactorizedPrior" : "models.\(name)"
    let quantizer = Node(.string("quantizer.\(isQuantizer ? name : "AdditiveNoise")"))
    let component = Component<ModelKind>(identity, ["channels": 2, "expansion_channels": 3, "quantizer": quantizer])
    let plan: ModelPlan = try BuiltIn.catalogue().build(component)
    let model = try plan.build(seed: 3)
    // Random weights give latents near zero; larger ones make the payloads say something.
    try withoutGradients {
      for (name, parameter) in model.namedParameters() where name.hasSuffix("weight") && ["g_a", "h_a"].contains(name.prefix(3)) {
        try parameter.tensor.scale(by: 3)
      }
    }
    try model.updateTables()
    let codec = try LearnedCodec(model: model, identity: identity)
    self.codec = codec
    let tiled = try LearnedCodec(model: model, identity: identity, options: .init(tiling: Tiling(side: .pixels(Self.tileSide))))
    tiledCodec = tiled
    self.model = model
    let state = try model.storedState()
    bottleneck =
      try Self.tables("entropy_bottleneck", in: state) ?? Self.tables("codebook", in: state) ?? CodingTables(rows: [], offsets: [])
    conditional = try Self.tables("gaussian_conditional", in: state)
    sideMultiple = model.sideMultiple
    let interleaved = try LearnedCodec(model: model, identity: identity, options: .init(streamForm: .interleaved))
    files = try [(1, 1, codec), (40, 24, codec), (65, 30, codec), (90, 30, tiled), (1, 1, interleaved), (65, 30, interleaved)].map {
      width, height, codec in
      let pixels = (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ ($0 / width) &* 13) }
      return try Container(decoding: codec.encode(Image(width: width, height: height, pixels: pixels)).file, name: name)
    }
  }

  /// Returns valid streams of symbols that `symbol` gives, which no encoder would choose; of a latent that is coded serially the file's own stream.
  func payloads(of file: Container, symbol: () -> Int32) throws -> [[UInt8]] {
    let shape = file.latentShapes[0]
    let places = shape.height * shape.width
    // Which table codes an element of a dithered latent is said by the offsets.
    if conditional == nil, file.payloads.count > 1 { return file.payloads }
    let first = try RANS.encode(
      symbols: (0..<places * bottleneck.count).map { _ in symbol() }, runLength: places, tables: bottleneck,
      form: file.streamForm)
    guard let conditional else { return [first] }
    guard let model = model as? any HyperpriorModel else { return [file.payloads[0], first] }
    let coded = CodedBatch(payloads: [[], [first]], form: file.streamForm, latentHeight: shape.height, latentWidth: shape.width)
    let rows = try withoutGradients { try model.tableRows(of: coded).elements(Int32.self) }
    return [try RANS.encode(symbols: rows.map { _ in symbol() }, indexes: rows, tables: conditional, form: file.streamForm), first]
  }

  private static func tables(_ part: String, in state: StoredTensors) throws -> CodingTables? {
    guard let entries = state["\(part)._quantized_cdf"], let lengths = state["\(part)._cdf_length"], let offsets = state["\(part)._offset"]
    else { return nil }
    func numbers(_ tensor: StoredTensor) -> [Int32] { tensor.bytes.withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) } }
    return try CodingTables(
      quantizedCDF: numbers(entries), width: entries.shape[1], lengths: numbers(lengths), offsets: numbers(offsets))
  }
}
