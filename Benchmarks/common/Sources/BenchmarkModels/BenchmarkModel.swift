import ArgumentParser
import Configuration
import LatentModels
import Layers
public import Models
import Registry
import Torch
import Training

/// The models that are compared, by CompressAI's names.
public enum BenchmarkModel {
  /// The names.
  public static let names =
    ["bmshj2018-factorized", "bmshj2018-hyperprior", "mbt2018-mean", "mbt2018", "cheng2020-attn"] + composed

  /// Those that a configuration puts together of parts.
  private static let composed = ["cheng2020-anchor-checkerboard", "elic2022-official", "elic2022-chandelier"]

  /// Creates a model with random weights.
  ///
  /// - Parameters:
  ///   - architecture: CompressAI's name.
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of y; the models of Cheng and others have N there, too.
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
    case let name where composed.contains(name):
      return try plan(name, channels: n, expansionChannels: m).build(seed: 1)
    default:
      throw ValidationError("there is no '\(architecture)' here; there are \(names.joined(separator: ", "))")
    }
  }

  private static func plan(_ architecture: String, channels: Int, expansionChannels: Int) throws -> ModelPlan {
    let catalogue = try Catalogue(
      LayerEntries.all + BlockEntries.all + LatentModelEntries.all + ModelEntries.all + TrainingEntries.all)
    var numbers = [("channels", channels)]
    if !architecture.hasPrefix("cheng2020") { numbers.append(("expansion_channels", expansionChannels)) }
    let fields = numbers.map { Node.Field(key: $0.0, mark: .defaults, value: Node(.int($0.1))) }
    return try catalogue.build(Component<ModelKind>(architecture, Node(.map(fields))))
  }
}
