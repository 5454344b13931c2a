import Layers
public import Torch

/// The checkerboard context model of He et al., "Checkerboard context model for efficient learned image compression", CVPR 2021: half of the places are
/// predicted from side information, and the other half from it and from their neighbours of the first half.
///
///     first half: (σ, μ) = e(0, ψ)          second half: (σ, μ) = e(φ, ψ), φ = masked convolution 5×5 of the first half of ŷ
///
/// (section 4.1 and figure 3.) e is three convolutions 1×1 with leaky units between, as in Cheng2020. Names and shapes of the state are those of
/// CompressAI's `CheckerboardLatentCodec`.
public final class CheckerboardContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let prediction: MaskedConvolution
  private let entropyParameters: Sequential

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  ///   - kernel: the side of the masked kernel, odd.
  public convenience init(channels: Int, hyperChannels: Int, parametersPerElement: Int, kernel: Int = 5, seeds: SeedSequence) throws {
    let outputs = parametersPerElement * channels
    try self.init(
      channels: channels, parametersPerElement: parametersPerElement, kernel: kernel,
      entropyParameters: EntropyParameters.layers(from: outputs + hyperChannels, to: outputs, seeds: seeds), seeds: seeds)
  }

  /// Creates the model with a network that makes P·M channels of P·M + K.
  init(channels: Int, parametersPerElement: Int, kernel: Int = 5, entropyParameters: Sequential, seeds: SeedSequence) throws {
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    self.entropyParameters = entropyParameters
    prediction = try MaskedConvolution(
      inputChannels: channels, outputChannels: parametersPerElement * channels, kernel: kernel, pattern: .checkerboard, seeds: seeds)
  }

  /// Both networks.
  public var members: [Member] { [.module("entropy_parameters", entropyParameters), .module("context_prediction", prediction)] }

  /// The even squares, then the odd ones.
  public func order(height: Int, width: Int) -> CodingOrder { Self.order(channels: 0..<channels) }

  static func order(channels: Range<Int>) -> CodingOrder {
    CodingOrder([.evenSquares, .oddSquares].map { ElementGroup(channels: channels, places: $0) })
  }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { Prediction(model: self, hyper: hyper) }

  /// Returns the parameters of one half.
  ///
  /// - Parameters:
  ///   - known: ŷ of the first half, `[N, M, H, W]`, and zero elsewhere.
  ///   - side: what else is known of each place, `[N, K, H, W]`.
  ///   - places: those that are asked for; nil for all.
  func parameters(second: Bool, known: Tensor, side: Tensor?, at places: Tensor? = nil) throws -> Tensor {
    let sides = places.map { [1, $0.count] } ?? Array(known.shape[2...])
    let context =
      second
      ? try prediction.traced(known).taken(at: places)
      : try Tensor.zeros([known.shape[0], parametersPerElement * channels] + sides).to(known.device)
    return try entropyParameters.traced(side.map { try Tensor.concatenated([context, $0.taken(at: places)], along: 1) } ?? context)
  }

  private struct Prediction: PlacePrediction {
    let model: CheckerboardContext
    let hyper: Tensor?

    func parameters(of group: Int, known: Tensor) throws -> Tensor { try model.parameters(second: group == 1, known: known, side: hyper) }

    func parameters(of group: Int, known: Tensor, at places: Tensor) throws -> Tensor {
      try model.parameters(second: group == 1, known: known, side: hyper, at: places)
    }
  }
}
