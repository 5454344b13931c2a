import Layers
public import Torch

/// The context model of Qian, Tan, Sun, Lin, Li, Sun, Li, Jin, "Learning accurate entropy model with global reference for image compression", ICLR 2021: each
/// place from its decoded neighbours and from the most similar place that is decoded already, wherever it is.
///
///     φ_i = c(ŷ before i), 5×5          j = argmax_{j decoded} S_ij, S_ij = cos(w_i, w_j), w = the taps of ŷ before a place in its window
///     θ_i = e(φ_i, S_ij · U_j · r(ŷ around j), ψ_i)
///
/// (figure 3.) r is a convolution of the window up to its centre, which is known of j; U is the confidence in a place: how probable ŷ
/// was by its local context alone. e is three convolutions 1×1 with leaky units between.
///
/// What the paper leaves open or what differs: a context model here does not know the family of densities, so U is the mean probability of the intervals of
/// length 1 around ŷ_j under logistic densities of its own, whose means and scales a network predicts from φ_j; it is trained through U and not by a rate of
/// its own. Similarity and confidence weigh the features of the reference, in the authors' code a mixture. Nothing is drawn at random in training. Places are
/// coded in slanted lines and not in raster order, so that "decoded already" means the lines before; that makes 3·(H − 1) + W groups. The search compares each
/// place with each one before it: the time grows with the square of the number of places, the memory with their number.
public final class GlobalReferenceContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  let localTaps: KernelTaps
  let searchTaps: KernelTaps
  let referenceTaps: KernelTaps
  let local: TokenLinear
  let confidence: Sequential
  let reference: TokenLinear
  let entropyParameters: Sequential

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - kernel: the side of the local context, odd.
  ///   - window: the side of the windows that are compared, odd, at most the kernel.
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  public init(
    channels: Int, kernel: Int = 5, window: Int = 3, hyperChannels: Int, parametersPerElement: Int, seeds: SeedSequence
  ) throws {
    precondition(kernel % 2 == 1 && window % 2 == 1 && window <= kernel, "checked by the settings")
    (self.channels, self.parametersPerElement) = (channels, parametersPerElement)
    (localTaps, searchTaps) = (.causal(side: kernel), .causal(side: window))
    referenceTaps = .causal(side: window, withCenter: true)
    local = try TokenLinear(channels * localTaps.taps.count, 2 * channels, seeds: seeds)
    confidence = try EntropyParameters.layers(from: 2 * channels, to: 2 * channels, seeds: seeds)
    reference = try TokenLinear(channels * referenceTaps.taps.count, 2 * channels, seeds: seeds)
    entropyParameters = try EntropyParameters.layers(
      from: 4 * channels + hyperChannels, to: parametersPerElement * channels, seeds: seeds)
  }

  /// The convolutions of both contexts, the network of the confidence and the one at the end.
  public var members: [Member] {
    [
      .module("context_prediction", local), .module("confidence", confidence), .module("reference_prediction", reference),
      .module("entropy_parameters", entropyParameters),
    ]
  }

  /// Slanted lines of places.
  public func order(height: Int, width: Int) -> CodingOrder { lines(height: height, width: width).order(channels: channels) }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { GlobalReferencePrediction(self, hyper: hyper) }

  func lines(height: Int, width: Int) -> SlantedLines { SlantedLines(height: height, width: width, kernel: localTaps.side) }
}
