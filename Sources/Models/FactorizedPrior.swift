public import EntropyCoding
public import LatentModels
public import Torch

/// The factorized-prior model of Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, figure 4 without the hyperprior.
///
///     x ─ g_a ─ y ─ Q ─ ŷ ─ g_s ─ x̂          g_a: 4 × conv 5×5 ↓2 with a non-linearity between
///                └─ entropy bottleneck ─┘     g_s: 4 × transposed conv 5×5 ↑2, the inverse non-linearity between
///
/// `[N, 3, H, W]` → y `[N, M, H/16, W/16]` → `[N, 3, H, W]`. The state_dict is that of CompressAI's `FactorizedPrior`, or of `FactorizedPriorReLU` with
/// rectified linear units.
public final class FactorizedPrior: RateAdaptable {
  let coding: any LatentCoding
  /// g_a.
  public let analysis: any Layer
  /// g_s.
  public let synthesis: any Layer
  /// The product of all halvings of the encoder and of the quantizer.
  public let sideMultiple: Int

  /// Creates the model of its parts, which have to fit each other.
  ///
  /// - Parameters:
  ///   - encoder: g_a, `[N, 3, H, W]` to `[N, M, H/k, W/k]`.
  ///   - decoder: g_s, the way back.
  ///   - entropyBottleneck: the entropy model of the M channels.
  ///   - sideMultiple: k.
  public convenience init(encoder: any Layer, decoder: any Layer, entropyBottleneck: EntropyBottleneck, sideMultiple: Int) {
    self.init(encoder: encoder, decoder: decoder, coding: BottleneckCoding(entropyBottleneck), sideMultiple: sideMultiple)
  }

  /// Creates the model of its parts with another quantizer or entropy model than those of the paper.
  ///
  /// - Parameters:
  ///   - encoder: g_a, `[N, 3, H, W]` to `[N, M, H/k, W/k]`.
  ///   - decoder: g_s, the way back.
  ///   - coding: the quantizer with the entropy model of the M channels.
  ///   - sideMultiple: k, times the number by which the coding divides the sides of the latent.
  public init(encoder: any Layer, decoder: any Layer, coding: any LatentCoding, sideMultiple: Int) {
    analysis = encoder
    synthesis = decoder
    self.coding = coding
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
    coding.members + [.module("g_a", analysis), .module("g_s", synthesis)]
  }

  /// Returns the model with the changes of a rate: other networks, and intervals of the width 1/g.
  ///
  /// - Throws: `LatentModelError` for changes that need predicted densities, which no plan lets through.
  public func adapted(by adaptation: RateAdaptation) throws -> any TransformCodingModel {
    let stepped: (any LatentCoding)? = if let gain = adaptation.gain { try coding.stepped(width: gain.power(-1)) } else { coding }
    guard let stepped, adaptation.offsets == nil, adaptation.contextShift == nil else {
      throw LatentModelError.size(expected: "parts that take the changes of the rate control", found: "others")
    }
    return FactorizedPrior(
      encoder: try adaptation.analysis?(analysis) ?? analysis, decoder: try adaptation.synthesis?(synthesis) ?? synthesis, coding: stepped,
      sideMultiple: sideMultiple)
  }

  /// Returns the reconstruction and the likelihoods of y.
  public func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
    let (values, likelihoods) = try coding.forward(analyze(pictures), name: "y", noise: noise)
    return ForwardOutput(reconstruction: try synthesize(values), likelihoods: [("y", likelihoods)])
  }

  /// Returns the likelihoods of the rounded y.
  public func likelihoods(ofLatent latent: Tensor) throws -> [(name: String, tensor: Tensor)] {
    [("y", try coding.forward(latent, name: "y", noise: nil).likelihoods)]
  }

  /// Returns the auxiliary loss of the entropy model.
  public func auxiliaryLoss() throws -> Tensor { try coding.auxiliaryLoss() }

  /// Computes the tables of the entropy model.
  public func updateTables() throws { try coding.updateTables() }

  /// Those of the quantizer with its entropy model.
  public var streamForms: Set<StreamForm> { coding.streamForms }

  /// Returns the payloads in the compatible form.
  public func compress(latent: Tensor) throws -> CodedBatch { try compress(latent: latent, form: .compatible) }

  /// Returns the payloads of y: one for each picture, with a dithered quantizer a second one that states the offsets, of a cascade one for each level.
  public func compress(latent: Tensor, form: StreamForm) throws -> CodedBatch {
    try withoutGradients {
      let payloads = try StageTrace.measuring(.entropyCoding) { try coding.compress(latent, form: form) }
      return CodedBatch(
        payloads: payloads, form: form, latentHeight: latent.shape[2] / coding.reduction, latentWidth: latent.shape[3] / coding.reduction)
    }
  }

  /// Whether the intervals have another width than 1; else the tables of the channels are stored with the weights.
  public var predictsTables: Bool { coding.predictsTables }

  /// Returns the decoded latent, which is the same on every machine.
  public func decodedLatent(of coded: CodedBatch) throws -> Tensor {
    guard coded.payloads.count == coding.streamCount else {
      let expected = coding.streamCount == 1 ? "one payload for each picture" : "\(coding.streamCount) payloads for each picture"
      throw LatentModelError.size(expected: expected, found: "\(coded.payloads.count)")
    }
    return try withoutGradients {
      try StageTrace.measuring(.entropyCoding) {
        try coding.decompress(
          coded.payloads, form: coded.form, height: coded.latentHeight * coding.reduction, width: coded.latentWidth * coding.reduction)
      }
    }
  }
}
