import Configuration
import LatentModels
import Registry
import Torch

/// The parts of a factorized-prior model as a configuration describes them, checked to fit each other.
struct FactorizedPriorPlan: Sendable {
  let encoder: NetworkPlan
  let decoder: NetworkPlan
  let entropyBottleneck: EntropyBottleneckPlan
  let quantizer: QuantizerPlan
  let rateControl: RateControlPlan?
  let sideMultiple: Int

  /// Plans the parts.
  ///
  /// - Parameters:
  ///   - activation: the non-linearity of networks that name none of their own.
  ///   - expansion: the model's argument that says M.
  ///   - context: that of the model; its arguments `channels` and `expansion` are those of parts that name none.
  /// - Throws: `ConfigurationError` with all that does not fit.
  init(
    encoder: Component<NetworkKind>, decoder: Component<NetworkKind>, entropyBottleneck: Component<PriorKind>?,
    quantizer: Component<QuantizerKind>, rateControl: Component<RateControlKind>? = nil, activation: Suggestion,
    expansion: String = "expansion_channels", context: BuildContext
  ) throws(ConfigurationError) {
    var gathering = PlanGathering(context: context, expansion: expansion)
    let analysis = gathering.encoder(encoder, activation: activation)
    let synthesis = gathering.decoder(decoder, activation: activation)
    let bottleneck = gathering.entropyBottleneck(entropyBottleneck, number: expansion)
    let ownQuantizer = gathering.quantizer(quantizer, activation: activation)
    if let ownQuantizer, ownQuantizer.hasOwnProbabilities, entropyBottleneck != nil {
      let sentence =
        "\(ownQuantizer.classPath) codes the numbers of its own entries with probabilities of its own and leaves nothing for an "
      gathering.report(
        sentence + "entropy bottleneck; set entropy_bottleneck to null or name a quantizer of whole numbers", at: "quantizer")
    }
    self.rateControl = gathering.factorizedRateControl(rateControl, quantizer: ownQuantizer, transforms: [analysis, synthesis])
    guard let analysis, let synthesis, let bottleneck, let ownQuantizer, gathering.problems.isEmpty else {
      throw ConfigurationError(gathering.problems)
    }
    (self.encoder, self.decoder, self.entropyBottleneck, self.quantizer) = (analysis, synthesis, bottleneck, ownQuantizer)
    var fit = PlanFit(context: context)
    sideMultiple = fit.sideMultiple(encoder: analysis.scale, decoder: synthesis.scale) * ownQuantizer.reduction
    // Of networks in each other's place no number fits either.
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    fit.compare(("the pictures have", StatedNumber(3)), ("the encoder takes", analysis.input))
    fit.compare(("the encoder gives", analysis.output), ("the decoder takes", synthesis.input))
    switch ownQuantizer.form {
    case .codebook(let dimension, _):
      fit.divide(("the encoder gives", analysis.output), by: dimension, of: ownQuantizer.classPath)
    case .cascade(let groups, _, _):
      fit.divide(("the encoder gives", analysis.output), into: groups, of: ownQuantizer.classPath)
    case .wholeNumbers, .dithered:
      fit.compare(("the encoder gives", analysis.output), ("the entropy bottleneck takes", bottleneck.channels))
    }
    fit.compare(("the decoder gives", synthesis.output), ("the pictures have", StatedNumber(3)))
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
  }

  /// Builds the model with the initial weights of `seeds`, with its rate control where it has one.
  func build(seeds: SeedSequence) throws -> any CompressionModel {
    let coding = try coding(seeds: seeds)
    let model = FactorizedPrior(
      encoder: try encoder.build(seeds: seeds), decoder: try decoder.build(seeds: seeds), coding: coding, sideMultiple: sideMultiple)
    guard let rateControl else { return model }
    let place = RateControlPlan.Place(
      latentChannels: encoder.output.value, hyperChannels: nil, hasContext: false, encoder: model.analysis, decoder: model.synthesis)
    return RateControlledModel(base: model, control: try rateControl.build(for: place, seeds: seeds))
  }

  private func coding(seeds: SeedSequence) throws -> any LatentCoding {
    switch quantizer.form {
    case .wholeNumbers(let make): BottleneckCoding(try entropyBottleneck.build(seeds: seeds), quantizer: make())
    case .dithered(let make): try make(entropyBottleneck.build(seeds: seeds))
    case .codebook(_, let make), .cascade(_, _, let make): try make(encoder.output.value, seeds)
    }
  }
}

extension PlanGathering {
  /// Plans a rate control for a model whose latent has a density for each channel and nothing that predicts it.
  mutating func factorizedRateControl(
    _ component: Component<RateControlKind>?, quantizer: QuantizerPlan?, transforms: [NetworkPlan?]
  ) -> RateControlPlan? {
    guard let plan = rateControl(component, quantizer: nil, transforms: transforms) else { return nil }
    let remedy = "name models.MeanScaleHyperprior, or another rate control such as rate_control.QuantizationRegulator"
    if plan.hasOffsets {
      report(
        "\(plan.classPath) puts elements back by offsets that the predicted scale of each decides, and this model predicts none; set its offsets "
          + "to false, or \(remedy)", at: "rate_control")
    }
    if plan.needsHyper {
      report(
        "\(plan.classPath) scales a second latent, and this model has none; set its hyper_steps to false, or \(remedy)", at: "rate_control")
    }
    if let quantizer, !quantizer.isOfWholeNumbers {
      report(
        "\(plan.classPath) changes the width of the intervals of whole numbers, which \(quantizer.classPath) does not have; name a quantizer of "
          + "whole numbers, such as quantizer.Mixed, or no rate control", at: "quantizer")
    }
    return plan
  }
}
