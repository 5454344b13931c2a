public import LatentModels
public import Torch

/// The factorized-prior model of Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, figure 4 without the hyperprior.
///
///     x ─ g_a ─ y ─ Q ─ ŷ ─ g_s ─ x̂          g_a: 4 × conv 5×5 ↓2 with a non-linearity between
///                └─ entropy bottleneck ─┘     g_s: 4 × transposed conv 5×5 ↑2, the inverse non-linearity between
///
/// `[N, 3, H, W]` → y `[N, M, H/16, W/16]` → `[N, 3, H, W]`. The state_dict is that of CompressAI's `FactorizedPrior`, or of `FactorizedPriorReLU` with
/// rectified linear units.
public final class FactorizedPrior: TransformCodingModel {
  private let entropyBottleneck: EntropyBottleneck
  /// g_a.
  public let analysis: any Layer
  /// g_s.
  public let synthesis: any Layer
  /// The product of all halvings of the encoder.
  public let sideMultiple: Int

  /// Creates the model of its parts, which have to fit each other.
  ///
  /// - Parameters:
  ///   - encoder: g_a, `[N, 3, H, W]` to `[N, M, H/k, W/k]`.
  ///   - decoder: g_s, the way back.
  ///   - entropyBottleneck: the entropy model of the M channels.
  ///   - sideMultiple: k.
  public init(encoder: any Layer, decoder: any Layer, entropyBottleneck: EntropyBottleneck, sideMultiple: Int) {
    analysis = encoder
    synthesis = decoder
    self.entropyBottleneck = entropyBottleneck
    self.sideMultiple = sideMultiple
  }

  /// Creates the model of the paper.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of the latent.
  ///   - nonlinearity: makes the non-linearity of one place for a number of channels and a direction; called anew for each place.
  ///   - seeds: where the initial weights come from.
  public convenience init(
    channels: Int, expansionChannels: Int, nonlinearity: (_ channels: Int, _ inverse: Bool) throws -> any Layer, seeds: SeedSequence
  ) throws {
    let bottleneck = try EntropyBottleneck(channels: expansionChannels, seeds: seeds)
    let encoder = try FactorizedPriorEncoder(
      channels: channels, expansionChannels: expansionChannels, nonlinearity: { try nonlinearity(channels, false) }, seeds: seeds)
    let decoder = try FactorizedPriorDecoder(
      channels: channels, expansionChannels: expansionChannels, nonlinearity: { try nonlinearity(channels, true) }, seeds: seeds)
    self.init(encoder: encoder, decoder: decoder, entropyBottleneck: bottleneck, sideMultiple: 16)
  }

  /// The parts under CompressAI's names.
  public var members: [Member] {
    [.module("entropy_bottleneck", entropyBottleneck), .module("g_a", analysis), .module("g_s", synthesis)]
  }

  /// Returns the reconstruction and the likelihoods of y.
  public func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
    let y = try analyze(pictures)
    let (values, likelihoods) = try entropyBottleneck.forward(y, noise: try noise?.noise(for: "y", shape: y.shape))
    return ForwardOutput(reconstruction: try synthesize(values), likelihoods: [("y", likelihoods)])
  }

  /// Returns the likelihoods of the rounded y.
  public func likelihoods(ofLatent latent: Tensor) throws -> [(name: String, tensor: Tensor)] {
    [("y", try entropyBottleneck.forward(latent, noise: nil).likelihoods)]
  }

  /// Returns the bottleneck's auxiliary loss.
  public func auxiliaryLoss() throws -> Tensor { try entropyBottleneck.auxiliaryLoss() }

  /// Computes the bottleneck's tables.
  public func updateTables() throws { try entropyBottleneck.updateTables() }

  /// Returns one payload, that of y, for each picture.
  public func compress(latent: Tensor) throws -> CodedBatch {
    try withoutGradients {
      let payloads = try StageTrace.measuring(.entropyCoding) { try entropyBottleneck.compress(latent) }
      return CodedBatch(payloads: [payloads], latentHeight: latent.shape[2], latentWidth: latent.shape[3])
    }
  }

  /// False: the tables of the channels are stored with the weights.
  public var predictsTables: Bool { false }

  /// Returns the decoded latent, which is the same on every machine.
  public func decodedLatent(of coded: CodedBatch) throws -> Tensor {
    guard coded.payloads.count == 1 else {
      throw LatentModelError.size(expected: "one payload for each picture", found: "\(coded.payloads.count)")
    }
    return try withoutGradients {
      try StageTrace.measuring(.entropyCoding) {
        try entropyBottleneck.decompress(coded.payloads[0], height: coded.latentHeight, width: coded.latentWidth)
      }
    }
  }
}
