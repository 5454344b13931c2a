import Layers
public import Torch

/// The context model of Minnen, Ballé, Toderici, "Joint autoregressive and hierarchical priors for learned image compression", NeurIPS 2018: mean and
/// scale of each element of ŷ from the hyperprior and from the elements before it.
///
///     φ_i = masked conv 5×5 of ŷ_<i          context_prediction, M → 2·M
///     (σ_i, μ_i) = e(ψ_i, φ_i)               entropy_parameters, 4·M → ⌊10·M/3⌋ → ⌊8·M/3⌋ → 2·M by convolutions 1×1, leaky units between
///
/// (eq. 2 and table 1 of the paper; i runs over the places in raster order.) ψ is the output of the hyper synthesis; it has 2·M channels. Names and
/// shapes of the state are CompressAI's.
public final class ContextModel: Module {
  /// The channels of the latent, M.
  public let channels: Int

  let prediction: MaskedConvolution
  let entropyParameters: [Convolution]
  /// What is added to φ everywhere, `[2·M]`; nil for nothing.
  let shift: Tensor?
  private let chain: Sequential
  let arranged = SerialContextCache()

  /// The side of the masked kernel.
  static let kernel = 5
  /// The slope of the leaky units below zero.
  static let slope = 0.01

  /// Creates a context model for latents of `channels` channels with random weights drawn from `seeds`.
  public init(channels: Int, seeds: SeedSequence) throws {
    self.channels = channels
    let widths = [4 * channels, 10 * channels / 3, 8 * channels / 3, 2 * channels]
    entropyParameters = try zip(widths, widths.dropFirst()).map {
      try Convolution(inputChannels: $0, outputChannels: $1, kernel: 1, stride: 1, seeds: seeds)
    }
    let units: [any Layer] = entropyParameters.flatMap { [$0, LeakyRectifiedLinear(slope: Self.slope)] as [any Layer] }
    chain = Sequential(units.dropLast())
    prediction = try MaskedConvolution(inputChannels: channels, outputChannels: 2 * channels, kernel: Self.kernel, seeds: seeds)
    shift = nil
  }

  private init(sharing other: ContextModel, shift: Tensor) {
    (channels, prediction, entropyParameters, chain) = (other.channels, other.prediction, other.entropyParameters, other.chain)
    self.shift = shift
  }

  /// Returns a context model of the same weights that adds a number to each channel of φ, at every place.
  ///
  /// - Parameter shift: `[2·M]`; gradients may go through it.
  public func shifted(by shift: Tensor) -> ContextModel { ContextModel(sharing: self, shift: shift) }

  /// Both networks.
  public var members: [Member] { [.module("entropy_parameters", chain), .module("context_prediction", prediction)] }

  /// Returns scales and means of all elements of a latent that is known as a whole, as in training.
  ///
  /// - Parameters:
  ///   - values: ŷ, `[N, M, H, W]`.
  ///   - hyper: ψ, `[N, 2·M, H, W]`.
  public func forward(_ values: Tensor, hyper: Tensor) throws -> GaussianParameters {
    var context = try prediction.traced(values)
    if let shift { context = try context + shift.reshaped([1, -1, 1, 1]) }
    let output = try chain.traced(Tensor.concatenated([hyper, context], along: 1))
    return GaussianParameters(
      scales: try output.narrowed(1, from: 0, length: channels), means: try output.narrowed(1, from: channels, length: channels))
  }
}
