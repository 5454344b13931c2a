import Configuration
import LatentModels
import Registry
import Torch

/// The parts of a model with a hyperprior as a configuration describes them, checked to fit each other.
struct HyperpriorPlan: Sendable {
  let encoder: NetworkPlan
  let decoder: NetworkPlan
  let hyperAnalysis: NetworkPlan
  let hyperSynthesis: NetworkPlan
  let entropyBottleneck: EntropyBottleneckPlan
  let gaussianConditional: GaussianConditionalPlan
  let quantizer: @Sendable () -> any WholeNumberQuantizer
  let rateControl: RateControlPlan?
  let sideMultiple: Int

  /// The components that the parts are planned from.
  struct Components {
    let encoder: Component<NetworkKind>
    let decoder: Component<NetworkKind>
    let hyperAnalysis: Component<NetworkKind>
    let hyperSynthesis: Component<NetworkKind>
    let entropyBottleneck: Component<PriorKind>?
    let gaussianConditional: Component<ConditionalPriorKind>?
    let quantizer: Component<QuantizerKind>
    var rateControl: Component<RateControlKind>?
  }

  /// Plans the parts.
  ///
  /// - Parameters:
  ///   - hyperActivation: the non-linearity of hyper networks that name none of their own; that of the transforms is the model's argument
  ///     `activation`.
  ///   - parameters: what the hyper synthesis gives for each element of the latent, as a word and a number: scales, 1.
  ///   - context: that of the model; its arguments `channels` and `expansion` are N and M of parts that name none.
  ///   - expansion: the model's argument that says M.
  /// - Throws: `ConfigurationError` with all that does not fit.
  init(
    _ components: Components, hyperActivation: Component<NonlinearityKind>, parameters: (name: String, count: Int), context: BuildContext,
    expansion: String = "expansion_channels"
  ) throws(ConfigurationError) {
    let activation = context.suggestion("activation")
    let hyper = Suggestion(hyperActivation.node)
    var gathering = PlanGathering(context: context, expansion: expansion)
    let analysis = gathering.encoder(components.encoder, activation: activation)
    let synthesis = gathering.decoder(components.decoder, activation: activation)
    let hyperAnalysis = gathering.network(
      components.hyperAnalysis, activation: hyper,
      place: NetworkPlace(input: gathering.expansionChannels, output: gathering.channels, scale: .reduces(4)))
    let hyperSynthesis = gathering.network(
      components.hyperSynthesis, activation: hyper,
      place: NetworkPlace(input: gathering.channels, output: gathering.expansionChannels.times(parameters.count), scale: .enlarges(4)))
    let bottleneck = gathering.entropyBottleneck(components.entropyBottleneck, number: "channels")
    let conditional = gathering.gaussianConditional(components.gaussianConditional)
    let quantizer = gathering.wholeNumberQuantizer(components.quantizer)
    rateControl = gathering.rateControl(components.rateControl, quantizer: quantizer, transforms: [analysis, synthesis])
    guard gathering.problems.isEmpty, let analysis, let synthesis, let hyperAnalysis, let hyperSynthesis, let bottleneck, let conditional,
      let quantizer
    else {
      throw ConfigurationError(gathering.problems)
    }
    (encoder, decoder, entropyBottleneck) = (analysis, synthesis, bottleneck)
    (self.hyperAnalysis, self.hyperSynthesis) = (hyperAnalysis, hyperSynthesis)
    gaussianConditional = conditional
    self.quantizer = quantizer
    var fit = PlanFit(context: context)
    let outer = fit.sideMultiple(encoder: analysis.scale, decoder: synthesis.scale)
    let inner = fit.sideMultiple(hyperAnalysis: hyperAnalysis.scale, hyperSynthesis: hyperSynthesis.scale)
    sideMultiple = outer * inner
    // Of networks in each other's place no number fits either.
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    fit.compare(("the pictures have", StatedNumber(3)), ("the encoder takes", analysis.input))
    fit.compare(("the encoder gives", analysis.output), ("the decoder takes", synthesis.input))
    fit.compare(("the decoder gives", synthesis.output), ("the pictures have", StatedNumber(3)))
    fit.compare(("the encoder gives", analysis.output), ("the hyper analysis takes", hyperAnalysis.input))
    fit.compare(("the hyper analysis gives", hyperAnalysis.output), ("the entropy bottleneck takes", bottleneck.channels))
    fit.compare(("the hyper analysis gives", hyperAnalysis.output), ("the hyper synthesis takes", hyperSynthesis.input))
    let needed = analysis.output.scaled(to: analysis.output.value * parameters.count)
    fit.compare(("the \(parameters.name) of the latent need", needed), ("the hyper synthesis gives", hyperSynthesis.output))
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
  }

  /// Builds the model that `make` forms of the parts, with its rate control where it has one.
  ///
  /// - Parameter hasContext: whether the model has a context model.
  func model(
    seeds: SeedSequence, hasContext: Bool = false, make: (HyperpriorParts) throws -> any RateAdaptable
  ) throws -> any CompressionModel {
    let parts = try build(seeds: seeds)
    let base = try make(parts)
    guard let rateControl else { return base }
    return RateControlledModel(
      base: base,
      control: try rateControl.build(for: parts, latentChannels: encoder.output.value, hasContext: hasContext, seeds: seeds))
  }

  /// Builds the parts with the initial weights of `seeds`.
  func build(seeds: SeedSequence) throws -> HyperpriorParts {
    let bottleneck = try entropyBottleneck.build(seeds: seeds)
    return HyperpriorParts(
      encoder: try encoder.build(seeds: seeds), decoder: try decoder.build(seeds: seeds),
      hyperAnalysis: try hyperAnalysis.build(seeds: seeds),
      hyperSynthesis: try hyperSynthesis.build(seeds: seeds), entropyBottleneck: bottleneck,
      gaussianConditional: try gaussianConditional.build(),
      quantizer: quantizer(), sideMultiple: sideMultiple)
  }
}
