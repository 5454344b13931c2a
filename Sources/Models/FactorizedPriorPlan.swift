import Configuration
import LatentModels
import Registry
import Torch

/// The parts of a factorized-prior model as a configuration describes them, checked to fit each other.
struct FactorizedPriorPlan: Sendable {
  let encoder: NetworkPlan
  let decoder: NetworkPlan
  let entropyBottleneck: EntropyBottleneckPlan
  let sideMultiple: Int

  /// Plans the parts.
  ///
  /// - Parameters:
  ///   - activation: the non-linearity of networks that name none of their own.
  ///   - context: that of the model; its arguments `channels` and `expansion_channels` are those of parts that name none.
  /// - Throws: `ConfigurationError` with all that does not fit.
  init(
    encoder: Component<NetworkKind>, decoder: Component<NetworkKind>, entropyBottleneck: Component<PriorKind>?, activation: Suggestion,
    context: BuildContext
  ) throws(ConfigurationError) {
    var gathering = PlanGathering(context: context)
    let analysis = gathering.encoder(encoder, activation: activation)
    let synthesis = gathering.decoder(decoder, activation: activation)
    let bottleneck = gathering.entropyBottleneck(entropyBottleneck, number: "expansion_channels")
    guard let analysis, let synthesis, let bottleneck else { throw ConfigurationError(gathering.problems) }
    (self.encoder, self.decoder, self.entropyBottleneck) = (analysis, synthesis, bottleneck)
    var fit = PlanFit(context: context)
    sideMultiple = fit.sideMultiple(encoder: analysis.scale, decoder: synthesis.scale)
    // Of networks in each other's place no number fits either.
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    fit.compare(("the pictures have", StatedNumber(3)), ("the encoder takes", analysis.input))
    fit.compare(("the encoder gives", analysis.output), ("the decoder takes", synthesis.input))
    fit.compare(("the encoder gives", analysis.output), ("the entropy bottleneck takes", bottleneck.channels))
    fit.compare(("the decoder gives", synthesis.output), ("the pictures have", StatedNumber(3)))
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
  }

  /// Builds the model with the initial weights of `seeds`.
  func build(seeds: SeedSequence) throws -> FactorizedPrior {
    let bottleneck = try entropyBottleneck.build(seeds: seeds)
    return FactorizedPrior(
      encoder: try encoder.build(seeds: seeds), decoder: try decoder.build(seeds: seeds), entropyBottleneck: bottleneck,
      sideMultiple: sideMultiple)
  }
}
