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

/// Quantizers × side information × context models × densities × rate controls: of a third of all combinations every legal one codes a picture to a file and
/// back, and every other one says why it is none.
@Suite(.serialized) struct CompositionGridTests {
  static let quantizers = ["AdditiveNoise", "StraightThrough", "Mixed", "SoftRounding"]
  static let sides = [
    "NoSideInformation", "Hyperprior", "{class_path: Hyperprior, init_args: {sees_magnitudes: true, hyper_synthesis: HyperSynthesisScale}}",
    "{class_path: CoarseToFine, init_args: {fine_channels: 4}}", "{class_path: GlobalLocal, init_args: {tokens: 2, heads: 1}}",
  ]
  static let contexts = [
    "NoContext", "Autoregressive", "Checkerboard", "Multistage", "{class_path: ChannelWise, init_args: {slices: 2}}", "SpaceChannel",
    "{class_path: CosineSlicing, init_args: {slices: 3}}", "{class_path: Zigzag, init_args: {blocks: 2, features: 4, layers: 2}}",
    "{class_path: TopKAttention, init_args: {width: 8, heads: 2, depth: 1, top_k: 4}}",
    "{class_path: CausalAttention, init_args: {heads: 2}}",
    "GlobalReference", "{class_path: CheckerboardAttention, init_args: {slices: 2, heads: 2}}",
    "{class_path: ContextAdaptive, init_args: {width: 8}}",
  ]
  static let densities = [
    "GaussianConditional", "Laplacian", "Logistic", "{class_path: GaussianMixture, init_args: {components: 2}}",
    "{class_path: GaussianLaplacianLogisticMixture, init_args: {components_of_each: 1}}",
  ]

  /// One of the rate controls for each combination, in turn, so that all of them meet all parts.
  static let rateControls = [
    nil, "rate_control.GainUnits", "rate_control.QuantizationRegulator", "rate_control.ScaleParameters",
    "rate_control.ModulatedAutoencoder",
    "rate_control.ConditionalConvolutions", "{class_path: rate_control.QuantizationOffsets, init_args: {offsets: false}}",
  ]

  /// A density with tables that take no time to compute: those of scales up to 16.
  private static func small(_ density: String) -> String { "{class_path: prior.\(density), init_args: {scales_max: 16}}" }

  private static let catalogue = Result {
    let loss = Entry(LossKind.self, "loss.RateDistortion", summary: "None.", settings: NoSettings.self) { _, _ in 0 }
    return try Catalogue(LayerEntries.all + LatentModelEntries.all + ModelEntries.all + [loss])
  }

  private static func model(
    quantizer: String, side: String, context: String, density: String, rateControl: String? = nil
  ) throws -> any CompressionModel {
    func written(_ section: String, _ text: String) -> String {
      text.hasPrefix("{") ? text.replacing("class_path: ", with: "class_path: \(section).", maxReplacements: 1) : "\(section).\(text)"
    }
    let catalogue = try catalogue.get()
    let text = """
      model:
        class_path: models.Composed
        init_args:
          channels: 3
          expansion_channels: 4
          activation: nonlinearity.ReLU
          quantizer: \(written("quantizer", quantizer))
          side_information: \(written("side_information", side))
          context_model: \(written("context", context))
          density: \(density.hasPrefix("{") ? written("prior", density) : small(density))
          rate_control: \(rateControl ?? "null")
      """
    struct Run: Settings { var model = Component<ModelKind>("models.Composed") }
    let run = try SettingsDecoder.decode(Run.self, from: ConfigurationFile.parse(text, source: "grid.yaml"), components: catalogue)
    let plan: ModelPlan = try catalogue.build(run.model)
    let model = try plan.build(seed: 5)
    try model.updateTables()
    return model
  }

  /// Why a combination is none, or nil for a legal one; what the thesis' taxonomy and the papers say, not what the program does.
  private static func problem(side: String, context: String, density: String) -> String? {
    let (hyper, parameters) = (side == "NoSideInformation" ? 0 : side.contains("HyperSynthesisScale") ? 4 : 8, parameters(density))
    switch context {
    case "NoContext" where hyper == 0: return "nothing predicts the latent"
    case "Autoregressive" where density != "GaussianConditional": return "tables of prior.GaussianConditional"
    case "Autoregressive" where hyper != 8: return "it takes 8 channels of side information"
    case let context where context.contains("ChannelWise") && hyper % parameters != 0: return "equal parts"
    default: return nil
    }
  }

  private static func parameters(_ density: String) -> Int {
    density.contains("Mixture") ? density.contains("Logistic") ? 9 : 6 : 2
  }

  @Test(arguments: quantizers, sides) func everyCombinationIsCodedOrRefused(quantizer: String, side: String) throws {
    let image = testImage(40, 33)
    var turn = 0
    for (context, density) in Self.combinations(quantizer: quantizer, side: side) {
      let name = "\(quantizer), \(side), \(context), \(density)"
      if let reason = Self.problem(side: side, context: context, density: density) {
        let error = #expect(throws: ConfigurationError.self, "\(name) is legal") {
          _ = try Self.model(quantizer: quantizer, side: side, context: context, density: density)
        }
        let sentence = error?.problems.map(\.sentence).joined() ?? ""
        #expect(sentence.contains(reason), "\(name): \(sentence)")
        #expect(error?.problems.first?.path == "model.init_args.context_model")
        continue
      }
      turn += 1
      let control = context == "Autoregressive" ? nil : Self.control(turn, side: side)
      let built = try Self.model(quantizer: quantizer, side: side, context: context, density: density, rateControl: control)
      // A place between two points.
      let model: any CompressionModel = try (built as? any VariableRateModel).map { try $0.bound(to: RatePosition(1.4)) } ?? built
      #expect((built is any VariableRateModel) == (control != nil), "\(name)")
      let codec = try LearnedCodec(model: model, identity: "models.Composed")
      let coded = try codec.encode(image)
      let decoded = try codec.decode(coded.file, name: "\(name).bps")
      let estimate = try withoutGradients {
        let container = try Container(decoding: coded.file, name: name)
        let pictures = try Tensor.pictures(interleaved: image.pixels, count: 1, height: image.height, width: image.width)
          .padded(
            left: container.padding.left, right: container.padding.right, top: container.padding.top, bottom: container.padding.bottom)
        return try model.forward(pictures, noise: nil).reconstruction.narrowed(2, from: container.padding.top, length: image.height)
          .narrowed(3, from: container.padding.left, length: image.width).interleavedSamples()
      }
      let differences = zip(decoded.image.pixels, estimate).filter { abs(Int($0) - Int($1)) > 1 }
      #expect(decoded.image.pixels.count == estimate.count && differences.isEmpty, "\(name)")
      #expect(try codec.encode(image).file == coded.file, "\(name)")
    }
  }

  /// A third of the context models and densities, another one for each quantizer.
  private static func combinations(quantizer: String, side: String) -> [(context: String, density: String)] {
    let first = (quantizers.firstIndex(of: quantizer) ?? 0) + (sides.firstIndex(of: side) ?? 0)
    let all = contexts.flatMap { context in densities.map { (context, $0) } }
    return stride(from: first % 3, to: all.count, by: 3).map { all[$0] }
  }

  private static func control(_ turn: Int, side: String) -> String? {
    let control = rateControls[turn % rateControls.count]
    // Several further latents have no networks that gains could stand behind.
    let isPlain = side.contains("Hyperprior") || side == "NoSideInformation"
    return isPlain || control?.contains("GainUnits") != true ? control : "rate_control.QuantizationRegulator"
  }

  @Test(arguments: [
    ("context.Autoregressive", "rate_control.GainUnits", "native loop of context.Autoregressive"),
    ("context.Checkerboard", "rate_control.QuantizationOffsets", "set its offsets to false"),
  ])
  func rateControlsThatDoNotReachAPartAreRefused(context: String, control: String, reason: String) {
    let error = #expect(throws: ConfigurationError.self) {
      _ = try Self.model(
        quantizer: "Mixed", side: "Hyperprior", context: String(context.dropFirst("context.".count)), density: "GaussianConditional",
        rateControl: control)
    }
    #expect(error?.problems.first?.path == "model.init_args.rate_control")
    #expect(error?.problems.first?.sentence.contains(reason) == true)
  }

  /// The combinations that the test above codes.
  @Test func thereAreTwoHundred() {
    let legal = Self.quantizers.flatMap { quantizer in
      Self.sides.flatMap { side in
        Self.combinations(quantizer: quantizer, side: side).filter {
          Self.problem(side: side, context: $0.context, density: $0.density) == nil
        }
      }
    }
    #expect(legal.count >= 200)
  }

  @Test(arguments: ["Universal", "SoftToHard", "StochasticBinarization", "NonUniform", "EntropyConstrainedVector"])
  func quantizersWithEntriesOfTheirOwnAreRefused(quantizer: String) {
    let error = #expect(throws: ConfigurationError.self) {
      _ = try Self.model(quantizer: quantizer, side: "Hyperprior", context: "Checkerboard", density: "GaussianConditional")
    }
    #expect(error?.problems.first?.path == "model.init_args.quantizer")
    #expect(error?.problems.first?.sentence.contains("quantizer.\(quantizer)") == true)
  }
}
