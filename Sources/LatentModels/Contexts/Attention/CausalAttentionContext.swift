import Layers
public import Torch

/// The causal attention module of Lu, Guo, Shi, Cao, Ma, "Transformer-based image compression", DCC 2022: each place from attention among its decoded
/// neighbours.
///
///     t = attention(n(x)) + x, x = the taps of ŷ before the place in its 5×5 window
///     s = Σ_taps t, φ = p(s + f(n(s))), θ = e(φ, ψ)
///
/// The attention has a bias for each offset of two taps; n normalizes a token, f is two layers with Gaussian error linear units,
/// p a linear layer, e three convolutions 1×1 with leaky units between.
///
/// What the paper leaves open or what differs: the authors' code keeps the masked taps of the window as tokens of zeros, here only the taps before the place
/// are tokens; those outside the picture are zeros, as there. The places are coded in slanted lines in place of raster order, which no prediction notices
/// (``SlantedLines``): 3·(H − 1) + W groups and not H·W. A training step has as many predictions one after the other.
public final class CausalAttentionContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let taps: KernelTaps
  private let normalization: TokenNormalization
  private let attention: WindowAttention
  private let feedNormalization: TokenNormalization
  private let feedForward: TokenFeedForward
  private let projection: TokenLinear
  private let entropyParameters: Sequential

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - heads: the heads of the attention, a divisor of M.
  ///   - window: the side of the window, odd.
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  public init(channels: Int, heads: Int, window: Int = 5, hyperChannels: Int, parametersPerElement: Int, seeds: SeedSequence) throws {
    precondition(channels.isMultiple(of: heads) && window % 2 == 1, "checked by the plan")
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    taps = .causal(side: window)
    let outputs = parametersPerElement * channels
    normalization = try TokenNormalization(channels)
    attention = try WindowAttention(width: channels, heads: heads, taps: taps, seeds: seeds)
    feedNormalization = try TokenNormalization(channels)
    feedForward = try TokenFeedForward(channels, ratio: 4, unit: .gaussianErrorLinear, seeds: seeds)
    projection = try TokenLinear(channels, outputs, seeds: seeds)
    entropyParameters = try EntropyParameters.layers(from: outputs + hyperChannels, to: outputs, seeds: seeds)
  }

  /// The parts of the module and the network at the end.
  public var members: [Member] {
    [
      .module("norm1", normalization), .module("attention", attention), .module("norm2", feedNormalization), .module("mlp", feedForward),
      .module("proj", projection), .module("entropy_parameters", entropyParameters),
    ]
  }

  /// Slanted lines of places.
  public func order(height: Int, width: Int) -> CodingOrder {
    SlantedLines(height: height, width: width, kernel: taps.side).order(channels: channels)
  }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { Prediction(model: self, hyper: hyper) }

  /// Returns φ of some places, `[N, P·M, 1, n]`.
  private func context(_ known: Tensor, at places: [Int]) throws -> Tensor {
    let samples = known.shape[0]
    let tokens = try taps.taken(from: known, around: places).permuted([0, 2, 3, 1])
      .reshaped([samples * places.count, taps.taps.count, channels])
    let sum = try (attention.forward(normalization.forward(tokens)) + tokens).sum(over: [1])
    let features = try projection.forward(sum + feedForward.forward(feedNormalization.forward(sum)))
    return try features.reshaped([samples, places.count, -1]).permuted([0, 2, 1]).reshaped([samples, -1, 1, places.count])
  }

  private final class Prediction: ElementPrediction {
    let model: CausalAttentionContext
    let hyper: Tensor?
    private var patterns: [PlacePattern] = []

    init(model: CausalAttentionContext, hyper: Tensor?) { (self.model, self.hyper) = (model, hyper) }

    var context: any GroupedContext { model }

    func elementParameters(of group: Int, known: Tensor) throws -> Tensor {
      let shape = known.shape
      if patterns.isEmpty { patterns = SlantedLines(height: shape[2], width: shape[3], kernel: model.taps.side).patterns }
      let places = patterns[group].places(height: shape[2], width: shape[3])
      let features = try model.context(known, at: places)
      let joined = try hyper.map { try Tensor.concatenated([features, $0.columns(at: places)], along: 1) } ?? features
      return try model.entropyParameters.traced(joined).reshaped([shape[0], -1])
    }
  }
}
