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
  private let isComposed: Bool
  private let bottleneck: CodingTables
  /// The tables of y; nil without a hyperprior.
  private let conditional: CodingTables?

  /// The kinds of bitstreams: one latent, two with scales, with scales and means, and coded element after element, those of quantizers, those that are
  /// coded in groups, and of several rates.
  static let names =
    ["FactorizedPrior", "ScaleHyperprior", "MeanScaleHyperprior", "JointAutoregressiveHyperprior"] + quantizers + composed.map(\.name)
    + rateControlled

  /// Models that code groups of the latent one after the other; with side information, without, with several streams, at a rate between two points.
  private static let composed: [(name: String, arguments: [String: Node])] = [
    ("Checkerboard", ["context_model": "context.Checkerboard"]),
    ("CheckerboardAlone", ["context_model": "context.Checkerboard", "side_information": "side_information.NoSideInformation"]),
    ("ChannelWise", ["context_model": Component<ContextModelKind>("context.ChannelWise", ["slices": 2]).node]),
    (
      "ChannelWiseAlone",
      [
        "context_model": Component<ContextModelKind>("context.ChannelWise", ["slices": 2]).node,
        "side_information": "side_information.NoSideInformation",
      ]
    ),
    ("SpaceChannel", ["context_model": "context.SpaceChannel"]),
    ("GlobalLocal", ["context_model": "context.Checkerboard", "side_information": globalLocal]),
    ("CheckerboardOfRates", ["context_model": "context.Checkerboard", "rate_control": "rate_control.ScaleParameters"]),
  ]

  private static let globalLocal = Component<SideInformationKind>("side_information.GlobalLocal", ["tokens": 2, "heads": 1]).node

  /// Models in one piece with a rate control, whose tables are computed for each rate.
  private static let rateControlled = ["FactorizedPriorOfRates"]

  /// Quantizers of a factorized prior whose streams are others than those of whole numbers: with a statement of offsets, and numbers of entries.
  private static let quantizers = ["Universal", "SoftToHard", "CascadedVector"]

  /// The side of tiles, the least that a picture of 128 pixels is cut into.
  private static let tileSide = 64

  init(_ name: String) throws {
    try Runtime.setThreads(1)
    let component = Self.component(name)
    let identity = component.classPath
    let plan: ModelPlan = try BuiltIn.catalogue().build(component)
    let model = try plan.build(seed: 3)
    // Random weights give latents near zero; larger ones make the payloads say something.
    try withoutGradients {
      for (name, parameter) in model.namedParameters() where name.hasSuffix("weight") && ["g_a", "h_a"].contains(name.prefix(3)) {
        try parameter.tensor.scale(by: 3)
      }
    }
    try model.updateTables()
    let rate = (model as? any VariableRateModel).map { _ in RatePosition(1.4) }
    func codec(tiling: Tiling = Tiling(), form: StreamForm = .compatible) throws -> LearnedCodec {
      var options = LearnedCodec.Options(tiling: tiling, streamForm: form)
      options.rate = rate
      // Networks of fixed widths run over all of what a header announces, for longer than a damaged file may take.
      if identity == "models.Composed" { options.maximumPixelCount = 1 << 20 }
      return try LearnedCodec(model: model, identity: identity, options: options)
    }
    let whole = try codec()
    self.codec = whole
    // What sees all places at once is in no part alone.
    let tiled = try codec(tiling: Tiling(side: .pixels(Self.tileSide)))
    tiledCodec = tiled
    self.model = model
    let state = try model.storedState()
    isComposed = identity == "models.Composed"
    let bottleneckName = isComposed ? "latent_codec.hyper.entropy_bottleneck" : "entropy_bottleneck"
    bottleneck =
      try Self.tables(bottleneckName, in: state) ?? Self.tables("codebook", in: state) ?? CodingTables(rows: [], offsets: [])
    conditional = try Self.tables("gaussian_conditional", in: state)
    sideMultiple = model.sideMultiple
    var kinds = [(1, 1, whole), (40, 24, whole), (65, 30, whole), (90, 30, tiled)]
    if model.streamForms.contains(.interleaved) {
      let interleaved = try codec(form: .interleaved)
      kinds += [(1, 1, interleaved), (65, 30, interleaved)]
    }
    files = try kinds.map {
      width, height, codec in
      let pixels = (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ ($0 / width) &* 13) }
      return try Container(decoding: codec.encode(Image(width: width, height: height, pixels: pixels)).file, name: name)
    }
  }

  /// Returns valid streams of symbols that `symbol` gives, which no encoder would choose; of a latent that is coded serially the file's own stream.
  func payloads(of file: Container, symbol: () -> Int32) throws -> [[UInt8]] {
    let shape = file.latentShapes[0]
    let places = shape.height * shape.width
    if isComposed {
      // What the groups are coded with is computed on the way; the stream of the side information says it anew.
      guard bottleneck.count > 0, let last = file.payloads.indices.last else { return file.payloads }
      var payloads = file.payloads
      payloads[last] = try RANS.encode(
        symbols: (0..<places * bottleneck.count).map { _ in symbol() }, runLength: places, tables: bottleneck, form: file.streamForm)
      return payloads
    }
    // The tables of a rate are computed when they are needed.
    if codec.rate != nil { return file.payloads }
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

  private static func component(_ name: String) -> Component<ModelKind> {
    if let composed = composed.first(where: { $0.name == name }) {
      let sizes: [String: Node] = ["channels": 2, "expansion_channels": 4, "activation": "nonlinearity.ReLU"]
      return Component("models.Composed", node(sizes.merging(composed.arguments) { $1 }))
    }
    let isQuantizer = quantizers.contains(name)
    let isOfRates = rateControlled.contains(name)
    var arguments: [String: Node] = [
      "channels": 2, "expansion_channels": 3, "quantizer": quantizer(isQuantizer ? name : "AdditiveNoise"),
    ]
    if isOfRates { arguments["rate_control"] = "rate_control.ScaleParameters" }
    return Component(isQuantizer || isOfRates ? "models.FactorizedPrior" : "models.\(name)", node(arguments))
  }

  private static func quantizer(_ name: String) -> Node {
    let classPath = "quantizer.\(name)"
    // Small codebooks, on two levels.
    let levels: Node = ["groups": 3, "sizes": Node(.list([Node(.int(9)), Node(.int(4))]))]
    return name == "CascadedVector" ? ["class_path": Node(.string(classPath)), "init_args": levels] : Node(.string(classPath))
  }

  private static func node(_ arguments: [String: Node]) -> Node { .map(arguments.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }

  private static func tables(_ part: String, in state: StoredTensors) throws -> CodingTables? {
    guard let entries = state["\(part)._quantized_cdf"], let lengths = state["\(part)._cdf_length"], let offsets = state["\(part)._offset"]
    else { return nil }
    func numbers(_ tensor: StoredTensor) -> [Int32] { tensor.bytes.withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) } }
    return try CodingTables(
      quantizedCDF: numbers(entries), width: entries.shape[1], lengths: numbers(lengths), offsets: numbers(offsets))
  }
}
