public import LatentModels
public import Torch

/// The parts of a model whose latent y is described by a second latent z, the hyperprior.
public struct HyperpriorParts {
  /// g_a, `[N, 3, H, W]` to y `[N, M, H/a, W/a]`.
  public let encoder: any Layer
  /// g_s, ŷ to `[N, 3, H, W]`.
  public let decoder: any Layer
  /// h_a, what the model makes of y to z `[N, N, H/(a·b), W/(a·b)]`.
  public let hyperAnalysis: any Layer
  /// h_s, ẑ to the parameters of y's densities, with the height and the width of y.
  public let hyperSynthesis: any Layer
  /// The entropy model of z.
  public let entropyBottleneck: EntropyBottleneck
  /// The entropy model of y.
  public let gaussianConditional: GaussianConditional
  /// What stands for the rounding of z and y in training.
  public let quantizer: any WholeNumberQuantizer
  /// a·b, the number of which the sides of pictures are multiples.
  public let sideMultiple: Int
  /// How fine y is quantised; nil for whole numbers.
  public let step: QuantizationStep?

  /// Gathers parts that fit each other.
  public init(
    encoder: any Layer, decoder: any Layer, hyperAnalysis: any Layer, hyperSynthesis: any Layer, entropyBottleneck: EntropyBottleneck,
    gaussianConditional: GaussianConditional, quantizer: any WholeNumberQuantizer = AdditiveNoiseQuantizer(), sideMultiple: Int,
    step: QuantizationStep? = nil
  ) {
    self.encoder = encoder
    self.decoder = decoder
    self.hyperAnalysis = hyperAnalysis
    self.hyperSynthesis = hyperSynthesis
    self.entropyBottleneck = entropyBottleneck
    self.gaussianConditional = gaussianConditional
    self.quantizer = quantizer
    self.sideMultiple = sideMultiple
    self.step = step
  }

  /// The parts under CompressAI's names.
  public var members: [Member] {
    [
      .module("entropy_bottleneck", entropyBottleneck), .module("g_a", encoder), .module("g_s", decoder), .module("h_a", hyperAnalysis),
      .module("h_s", hyperSynthesis), .module("gaussian_conditional", gaussianConditional),
    ] + quantizer.asMembers
  }

  /// Computes the tables of both entropy models.
  func updateTables() throws {
    try entropyBottleneck.updateTables()
    try gaussianConditional.updateTables()
  }

  /// Returns the output of the hyper synthesis that coding uses, of each picture by itself and on one thread.
  ///
  package func codingOutput(_ z: Tensor) throws -> Tensor { try CodingConditions.output(of: hyperSynthesis, for: z) }
}
