import Layers
public import Torch

/// The multistage spatial context models of Lin, Sun, Liu, Katto, "Multistage spatial context models for learned image compression", ICASSP 2023: the
/// places of each patch of s×s in s² stages, each predicted from side information and from all stages before it.
///
///     stage k: φ_k = c_k(ŷ of the stages before), (σ, μ) = e(φ_k, ψ)
///
/// (section 3.) c_k is a convolution of its own for each stage from the second on, 5×5; it sees zeros where nothing is known, so it needs no mask. e is
/// shared, three convolutions 1×1 with leaky units between. The order in a patch of 2×2 is that of reading, the order in one of 4×4 what the authors'
/// search found.
public final class MultistageContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  /// The side of a window, 2 or 4.
  private let window: Int
  private let predictions: [Convolution]
  private let entropyParameters: Sequential

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - window: s, 2 or 4.
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  public init(channels: Int, window: Int, hyperChannels: Int, parametersPerElement: Int, kernel: Int = 5, seeds: SeedSequence) throws {
    precondition(window == 2 || window == 4, "the paper has orders for these")
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    self.window = window
    let outputs = parametersPerElement * channels
    predictions = try (1..<window * window).map { _ in
      try Convolution(inputChannels: channels, outputChannels: outputs, kernel: kernel, stride: 1, seeds: seeds)
    }
    entropyParameters = try EntropyParameters.layers(from: outputs + hyperChannels, to: outputs, seeds: seeds)
  }

  /// The networks: `context_prediction.STAGE` and `entropy_parameters`.
  public var members: [Member] {
    let stages = predictions.enumerated().map { Member.module(String($0.offset), $0.element) }
    return [.module("context_prediction", ModuleList(stages)), .module("entropy_parameters", entropyParameters)]
  }

  /// For each place of a window, in reading order, the number of its stage.
  static func stages(window: Int) -> [Int] {
    window == 2 ? [0, 1, 2, 3] : [0, 2, 5, 4, 1, 7, 11, 8, 6, 12, 13, 10, 3, 14, 15, 9]
  }

  /// The places of a window in the order of the stages.
  static func cells(window: Int) -> [PlacePattern.Cell] {
    stages(window: window).enumerated().sorted { $0.element < $1.element }.map { PlacePattern.Cell($0.offset / window, $0.offset % window) }
  }

  /// One group for each place of a window.
  public func order(height: Int, width: Int) -> CodingOrder {
    CodingOrder(Self.cells(window: window).map { ElementGroup(channels: 0..<channels, places: .periodic(period: window, cells: [$0])) })
  }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { Prediction(model: self, hyper: hyper) }

  private struct Prediction: PlacePrediction {
    let model: MultistageContext
    let hyper: Tensor?

    func parameters(of group: Int, known: Tensor) throws -> Tensor { try parameters(of: group, known: known, places: nil) }

    func parameters(of group: Int, known: Tensor, at places: Tensor) throws -> Tensor {
      try parameters(of: group, known: known, places: places)
    }

    private func parameters(of group: Int, known: Tensor, places: Tensor?) throws -> Tensor {
      let sides = places.map { [1, $0.count] } ?? Array(known.shape[2...])
      let context =
        group > 0
        ? try model.predictions[group - 1].traced(known).taken(at: places)
        : try Tensor.zeros([known.shape[0], model.parametersPerElement * model.channels] + sides).to(known.device)
      return try model.entropyParameters.traced(
        hyper.map { try Tensor.concatenated([context, $0.taken(at: places)], along: 1) } ?? context)
    }
  }
}
