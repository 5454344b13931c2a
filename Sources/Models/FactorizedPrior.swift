public import LatentModels
import Layers
public import Torch

/// The factorized-prior model of Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, figure 4 without the hyperprior.
///
///     x ─ g_a ─ y ─ Q ─ ŷ ─ g_s ─ x̂          g_a: 4 × conv 5×5 ↓2 with a non-linearity between
///                └─ entropy bottleneck ─┘     g_s: 4 × transposed conv 5×5 ↑2, the inverse non-linearity between
///
/// `[N, 3, H, W]` → y `[N, M, H/16, W/16]` → `[N, 3, H, W]`. The state_dict is that of CompressAI's `FactorizedPrior`, or of `FactorizedPriorReLU` with
/// rectified linear units.
public final class FactorizedPrior: CompressionModel {
  private let entropyBottleneck: EntropyBottleneck
  private let analysis: Sequential
  private let synthesis: Sequential

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of the latent.
  ///   - nonlinearity: makes the non-linearity of one place for a number of channels and a direction; called anew for each place.
  ///   - seeds: where the initial weights come from.
  public init(
    channels: Int, expansionChannels: Int, nonlinearity: (_ channels: Int, _ inverse: Bool) throws -> any Layer, seeds: SeedSequence
  ) throws {
    func down(_ input: Int, _ output: Int) throws -> Convolution {
      try Convolution(inputChannels: input, outputChannels: output, seeds: seeds)
    }
    func up(_ input: Int, _ output: Int) throws -> TransposedConvolution {
      try TransposedConvolution(inputChannels: input, outputChannels: output, seeds: seeds)
    }
    let (n, m) = (channels, expansionChannels)
    entropyBottleneck = try EntropyBottleneck(channels: m, seeds: seeds)
    analysis = Sequential([
      try down(3, n), try nonlinearity(n, false), try down(n, n), try nonlinearity(n, false), try down(n, n), try nonlinearity(n, false),
      try down(n, m),
    ])
    synthesis = Sequential([
      try up(m, n), try nonlinearity(n, true), try up(n, n), try nonlinearity(n, true), try up(n, n), try nonlinearity(n, true),
      try up(n, 3),
    ])
  }

  /// Four halvings.
  public var sideMultiple: Int { 16 }

  /// The parts under CompressAI's names.
  public var members: [Member] {
    [.module("entropy_bottleneck", entropyBottleneck), .module("g_a", analysis), .module("g_s", synthesis)]
  }

  /// Returns the latent y `[N, M, H/16, W/16]` of pictures.
  public func analyze(_ pictures: Tensor) throws -> Tensor { try analysis.forward(pictures) }

  /// Returns the pictures of a latent ŷ, not clamped.
  public func synthesize(_ latent: Tensor) throws -> Tensor { try synthesis.forward(latent) }

  /// Returns the reconstruction and the likelihoods of y.
  public func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
    let y = try analyze(pictures)
    let (values, likelihoods) = try entropyBottleneck.forward(y, noise: try noise?.noise(for: "y", shape: y.shape))
    return ForwardOutput(reconstruction: try synthesize(values), likelihoods: [("y", likelihoods)])
  }

  /// Returns the likelihoods of the rounded y.
  public func likelihoods(of pictures: Tensor) throws -> [(name: String, tensor: Tensor)] {
    [("y", try entropyBottleneck.forward(analyze(pictures), noise: nil).likelihoods)]
  }

  /// Returns the bottleneck's auxiliary loss.
  public func auxiliaryLoss() throws -> Tensor { try entropyBottleneck.auxiliaryLoss() }

  /// Computes the bottleneck's tables.
  public func updateTables() throws { try entropyBottleneck.updateTables() }

  /// Returns one payload, that of y, for each picture.
  public func compress(_ pictures: Tensor) throws -> CodedBatch {
    try withoutGradients {
      let y = try analyze(pictures)
      return CodedBatch(payloads: [try entropyBottleneck.compress(y)], latentHeight: y.shape[2], latentWidth: y.shape[3])
    }
  }

  /// Returns the decoded pictures.
  public func decompress(_ coded: CodedBatch) throws -> Tensor {
    guard coded.payloads.count == 1 else {
      throw LatentModelError.size(expected: "one payload for each picture", found: "\(coded.payloads.count)")
    }
    return try withoutGradients {
      let y = try entropyBottleneck.decompress(coded.payloads[0], height: coded.latentHeight, width: coded.latentWidth)
      return try synthesize(y).clamped(from: 0, to: 1)
    }
  }
}
