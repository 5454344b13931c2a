import Layers
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Small networks of λ whose output scales the features of encoder and decoder.
///
///     h' = h ⊙ m_l(λ) behind stage l of the encoder, ahead of stage l of the decoder
///     m_l(λ) = exp(W₂·max(W₁·t + b₁, 0) + b₂), t = ln(λ/λ_first)/ln(λ_last/λ_first)
///
/// Yang, Herranz, van de Weijer, Iglesias Guitian, Lopez, Mozerov, "Variable rate deep image compression with a modulated autoencoder", IEEE Signal
/// Processing Letters 2020, section III. Every λ between the ends is an input like those that were trained.
///
/// What the paper leaves open: the input runs from 0 to 1 with the logarithm of λ, since the values of λ are spaced so; latents of a hyperprior are
/// coded by its densities, which follow the modulated latent; behind and ahead of residual and attention blocks as of convolutions. A training
/// draws the rate points alone, as the paper does.
public final class ModulatedAutoencoder: RateControl {
  /// The rates.
  public let axis: RateAxis
  private let encoder: [Network]
  private let decoder: [Network]

  /// What belongs to one stage.
  private struct Network {
    let stage: Int
    let first: DenseLayer
    let second: DenseLayer

    init(stage: Int, channels: Int, width: Int, seeds: SeedSequence) throws {
      self.stage = stage
      first = try DenseLayer(inputs: 1, outputs: width, seeds: seeds)
      second = try DenseLayer(inputs: width, outputs: channels, seeds: seeds)
    }

    func members(_ side: String) -> [Member] {
      [.module("modulation.\(side).\(stage).0", first), .module("modulation.\(side).\(stage).1", second)]
    }

    func modulation(_ input: Tensor) throws -> ChannelModulation {
      try ChannelModulation(scale: second.forward(first.forward(input).rectified()).exponential())
    }
  }

  /// Creates a control for the networks of a place.
  init(lambdas: [Double], width: Int, place: RateControlPlan.Place, seeds: SeedSequence) throws {
    axis = RateAxis(lambdas: lambdas)
    func networks(_ stages: [StageShape], _ channels: (StageShape) -> Int) throws -> [Network] {
      try stages.indices.filter { !stages[$0].isNonlinearity }.map {
        try Network(stage: $0, channels: channels(stages[$0]), width: width, seeds: seeds)
      }
    }
    encoder = try networks(StageShape.encoder(place)) { $0.outputChannels }
    decoder = try networks(StageShape.decoder(place)) { $0.inputChannels }
  }

  /// The networks of all stages.
  public var members: [Member] { encoder.flatMap { $0.members("encoder") } + decoder.flatMap { $0.members("decoder") } }

  /// Returns the networks with what λ makes of their features.
  public func adaptation(at point: RatePosition) throws -> RateAdaptation {
    let (first, last) = (axis.lambdas[0], axis.lambdas[axis.lambdas.count - 1])
    let place = first == last ? 0 : log(try axis.lambda(at: point) / first) / log(last / first)
    let device = encoder.first?.first.weight.tensor.device ?? .cpu
    let input = try Tensor([Float(place)], shape: [1, 1]).to(device)
    func modulations(_ networks: [Network]) throws -> [Int: ChannelModulation] {
      Dictionary(uniqueKeysWithValues: try networks.map { ($0.stage, try $0.modulation(input)) })
    }
    let (encoding, decoding) = (try modulations(encoder), try modulations(decoder))
    var adaptation = RateAdaptation()
    adaptation.analysis = { ModulatedNetwork(try stagedNetwork($0), after: encoding) }
    adaptation.synthesis = { ModulatedNetwork(try stagedNetwork($0), before: decoding) }
    return adaptation
  }
}
