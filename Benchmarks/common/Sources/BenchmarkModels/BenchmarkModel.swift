import ArgumentParser
import Layers
public import Models
import Torch

/// The models that are compared, by CompressAI's names.
public enum BenchmarkModel {
  /// The names.
  public static let names = ["bmshj2018-factorized", "bmshj2018-hyperprior", "mbt2018-mean", "mbt2018", "cheng2020-attn"]

  /// Creates a model with random weights.
  ///
  /// - Parameters:
  ///   - architecture: CompressAI's name.
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of y; cheng2020-attn has N there, too.
  public static func make(_ architecture: String, channels: Int, expansionChannels: Int) throws -> any CompressionModel {
    let normalization = { (channels: Int, inverse: Bool) -> any Layer in
      try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
    }
    let (n, m, seeds) = (channels, expansionChannels, SeedSequence(1))
    switch architecture {
    case "bmshj2018-factorized":
      return try FactorizedPrior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
    case "bmshj2018-hyperprior":
      return try ScaleHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
    case "mbt2018-mean":
      return try MeanScaleHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
    case "mbt2018":
      return try JointAutoregressiveHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
    case "cheng2020-attn":
      return try Cheng2020Attention(channels: n, nonlinearity: normalization, seeds: seeds)
    default:
      throw ValidationError("there is no '\(architecture)' here; there are \(names.joined(separator: ", "))")
    }
  }
}
