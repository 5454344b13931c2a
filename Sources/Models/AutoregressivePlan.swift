import Configuration
import LatentModels
import Registry
import Torch

/// The parts of a model with a hyperprior and a context model as a configuration describes them, checked to fit each other.
struct AutoregressivePlan: Sendable {
  private let hyperprior: HyperpriorPlan

  /// Plans the parts; the context model has as many channels as the encoder gives.
  ///
  /// - Parameters:
  ///   - context: that of the model.
  ///   - expansion: the model's argument that says M.
  /// - Throws: `ConfigurationError` with all that does not fit.
  init(
    _ components: HyperpriorPlan.Components, context: BuildContext, expansion: String = "expansion_channels"
  ) throws(ConfigurationError) {
    hyperprior = try HyperpriorPlan(
      components, hyperActivation: Component("nonlinearity.LeakyReLU"), parameters: ("predictions", 2), context: context,
      expansion: expansion)
  }

  /// Builds the model that `make` forms of the parts, with the initial weights of `seeds`.
  func model(
    seeds: SeedSequence, make: (HyperpriorParts, ContextModel) throws -> any RateAdaptable
  ) throws -> any CompressionModel {
    try hyperprior.model(seeds: seeds, hasContext: true) { parts in
      try make(parts, ContextModel(channels: hyperprior.encoder.output.value, seeds: seeds))
    }
  }
}
