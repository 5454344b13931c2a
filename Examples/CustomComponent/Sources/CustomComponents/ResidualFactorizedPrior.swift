import Configuration
import LatentModels
import Layers
import Models
import Registry
import Torch

/// A factorized-prior model whose transforms are residual blocks.
///
///     x ─ g_a ─ y ─ Q ─ ŷ ─ g_s ─ x̂          g_a: 3 × residual block ↓2, conv 3×3 ↓2
///                └─ entropy bottleneck ─┘     g_s: 3 × residual block ↑2, sub-pixel conv ↑2
///
/// `[N, 3, H, W]` → y `[N, M, H/16, W/16]` → `[N, 3, H, W]`. The entropy model is that of Ballé et al., "Variational image compression with a scale
/// hyperprior", ICLR 2018; the blocks are those of Cheng et al., "Learned image compression with discretized Gaussian mixture likelihoods and
/// attention modules", CVPR 2020.
public final class ResidualFactorizedPrior: TransformCodingModel {
  /// g_a.
  public let analysis: any Layer
  /// g_s.
  public let synthesis: any Layer
  private let coding: BottleneckCoding

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the blocks.
  ///   - expansionChannels: M, the channels of the latent.
  ///   - nonlinearity: makes the non-linearity of one block for a number of channels and a direction; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(
    channels n: Int, expansionChannels m: Int, nonlinearity: (_ channels: Int, _ inverse: Bool) throws -> any Layer, seeds: SeedSequence
  ) throws {
    func down(_ input: Int) throws -> any Layer {
      try ResidualBlockWithStride(inputChannels: input, outputChannels: n, nonlinearity: nonlinearity(n, false), seeds: seeds)
    }
    func up(_ input: Int) throws -> any Layer {
      try ResidualBlockUpsample(inputChannels: input, outputChannels: n, nonlinearity: nonlinearity(n, true), seeds: seeds)
    }
    analysis = Sequential([
      try down(3), try down(n), try down(n), try Convolution(inputChannels: n, outputChannels: m, kernel: 3, stride: 2, seeds: seeds),
    ])
    synthesis = Sequential([
      try up(m), try up(n), try up(n), try SubpixelConvolution(inputChannels: n, outputChannels: 3, seeds: seeds),
    ])
    coding = BottleneckCoding(try EntropyBottleneck(channels: m, seeds: seeds))
  }

  /// 16.
  public var sideMultiple: Int { 16 }

  /// All parts, under their names in files of weights.
  public var members: [Member] { coding.members + [.module("g_a", analysis), .module("g_s", synthesis)] }

  /// Returns what a training step needs; without noise the latent is rounded, as in coding.
  public func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
    let (values, likelihoods) = try coding.forward(analyze(pictures), name: "y", noise: noise)
    return ForwardOutput(reconstruction: try synthesize(values), likelihoods: [("y", likelihoods)])
  }

  /// Returns the likelihoods of the rounded latent, of which the estimated rate follows.
  public func likelihoods(ofLatent latent: Tensor) throws -> [(name: String, tensor: Tensor)] {
    [("y", try coding.forward(latent, name: "y", noise: nil).likelihoods)]
  }

  /// Returns the loss of the quantiles, which bound the coder's tables.
  public func auxiliaryLoss() throws -> Tensor { try coding.auxiliaryLoss() }

  /// Computes the coder's tables.
  public func updateTables() throws { try coding.updateTables() }

  /// Returns the bytes of a latent.
  public func compress(latent: Tensor) throws -> CodedBatch {
    try withoutGradients {
      CodedBatch(payloads: try coding.compress(latent), latentHeight: latent.shape[2], latentWidth: latent.shape[3])
    }
  }

  /// Returns the latent of bytes.
  public func decodedLatent(of coded: CodedBatch) throws -> Tensor {
    try withoutGradients { try coding.decompress(coded.payloads, height: coded.latentHeight, width: coded.latentWidth) }
  }

  /// False: the tables are stored with the weights, so that any machine decodes what another one encoded.
  public var predictsTables: Bool { false }
}

/// The settings of `models.ResidualFactorizedPrior`.
struct ResidualFactorizedPriorSettings: ValidatedSettings {
  var channels = 64
  var expansionChannels = 96
  /// A component among the settings: a class path with arguments of its own.
  var activation = Component<NonlinearityKind>("nonlinearity.Swish")
  /// Every model names the loss that trains it under this key.
  var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  init() {}

  func problems() -> [(key: String, sentence: String)] {
    [("channels", channels), ("expansionChannels", expansionChannels)].compactMap { key, value in
      1...1024 ~= value ? nil : (key, "must be in 1 ... 1024, found \(value)")
    }
  }

  static let documentation = [
    "channels": "N, the number of channels between the blocks, 1 to 1024.",
    "expansionChannels": "M, the number of channels of the latent, 1 to 1024.",
    "activation": "The non-linearity at the end of each block; the decoder gets its inverse.",
    "rateDistortionFunction": "The loss.",
  ]
}

extension ResidualFactorizedPrior {
  /// Its place in the catalogue.
  ///
  /// A model's entry makes a plan, which is built once for each training and each test.
  static let entry = Entry(
    ModelKind.self, "models.ResidualFactorizedPrior", summary: "Factorized-prior model of residual blocks.",
    leaf: "Architectural Archetypes/Convolutional/Residual Blocks", alsoIn: ["Quantization/Scalar Quantization/Uniform Quantization"],
    equation: "y = g_a(x), ŷ = Q(y), x̂ = g_s(ŷ), p(ŷ) = Π_i p_c(ŷ_i) with a density for each channel c",
    settings: ResidualFactorizedPriorSettings.self
  ) { settings, context in
    // Built once here, so that what is wrong with it is told before a training begins.
    _ = try unit(settings, settings.channels, inverse: false, context)
    return ModelPlan(loss: settings.rateDistortionFunction) { seeds in
      try ResidualFactorizedPrior(
        channels: settings.channels, expansionChannels: settings.expansionChannels,
        nonlinearity: { try unit(settings, $0, inverse: $1, context) }, seeds: seeds)
    }
  }

  /// Builds the non-linearity of one place; its settings `channels` and `inverse` get the values of the place where they are null.
  private static func unit(
    _ settings: ResidualFactorizedPriorSettings, _ channels: Int, inverse: Bool, _ context: BuildContext
  ) throws -> any Layer {
    try context.build(settings.activation, suggesting: ["channels": Node(.int(channels)), "inverse": Node(.bool(inverse))])
  }
}
