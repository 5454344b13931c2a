import Configuration
import LatentModels
import Registry
import Torch

/// The parts of a composed model as a configuration describes them, checked to fit each other.
struct ComposedPlan: Sendable {
  private let encoder: NetworkPlan
  private let decoder: NetworkPlan
  private let side: SideInformationPlan
  private let contextModel: ContextPlan
  private let density: any DensityPlan
  private let quantizer: @Sendable () -> any WholeNumberQuantizer
  private let rateControl: RateControlPlan?
  private let thumbnail: NetworkPlan?
  private let encoderMultiple: Int

  /// What the parts are planned from.
  struct Components {
    let encoder: Component<NetworkKind>
    let decoder: Component<NetworkKind>
    let quantizer: Component<QuantizerKind>
    let rateControl: Component<RateControlKind>?
    var thumbnail: Component<NetworkKind>?
    let sideInformation: (inout PlanGathering) -> SideInformationPlan?
    let contextModel: (inout PlanGathering) -> ContextPlan?
    let density: (inout PlanGathering) -> (any DensityPlan)?
  }

  /// Plans the parts.
  ///
  /// - Parameters:
  ///   - context: that of the model.
  ///   - expansion: the model's argument that says M.
  /// - Throws: `ConfigurationError` with all that does not fit.
  init(_ components: Components, context: BuildContext, expansion: String = "expansion_channels") throws(ConfigurationError) {
    let activation = context.suggestion("activation")
    var gathering = PlanGathering(context: context, expansion: expansion)
    let encoder = gathering.encoder(components.encoder, activation: activation)
    let decoder = gathering.decoder(components.decoder, activation: activation)
    let side = components.sideInformation(&gathering)
    let contextModel = components.contextModel(&gathering)
    let density = components.density(&gathering)
    let quantizer = gathering.wholeNumberQuantizer(components.quantizer)
    rateControl = gathering.rateControl(components.rateControl, quantizer: quantizer, transforms: [encoder, decoder])
    let thumbnail = components.thumbnail.flatMap { gathering.thumbnail($0, activation: activation) }
    if let rateControl, let side { gathering.check(rateControl, on: side, contextModel: contextModel) }
    guard let encoder, let decoder, let side, let contextModel, let density, let quantizer, gathering.problems.isEmpty else {
      throw ConfigurationError(gathering.problems)
    }
    (self.encoder, self.decoder, self.side, self.contextModel) = (encoder, decoder, side, contextModel)
    (self.density, self.quantizer, self.thumbnail) = (density, quantizer, thumbnail)
    var fit = PlanFit(context: context)
    encoderMultiple = fit.sideMultiple(encoder: encoder.scale, decoder: decoder.scale)
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    fit.compare(("the pictures have", StatedNumber(3)), ("the encoder takes", encoder.input))
    fit.compare(("the encoder gives", encoder.output), ("the decoder takes", decoder.input))
    fit.compare(("the decoder gives", decoder.output), ("the pictures have", StatedNumber(3)))
    if let thumbnail { fit.check(thumbnail: thumbnail, encoder: encoder) }
    if let channels = side.channels { fit.compare(("the encoder gives", encoder.output), ("the hyper analysis takes", channels)) }
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    if let problem = contextModel.problem(sizes, density: density) {
      throw ConfigurationError(
        mark: context.mark(of: "context_model"), path: context.path(of: "context_model"),
        "\(contextModel.classPath) cannot be used here: \(problem)")
    }
  }

  private var sizes: ContextSizes {
    ContextSizes(
      channels: encoder.output.value, hyperChannels: side.hyperChannels?.value ?? 0, parametersPerElement: density.parametersPerElement)
  }

  /// Builds the model with the initial weights of `seeds`, with its rate control where it has one.
  func build(seeds: SeedSequence) throws -> any CompressionModel {
    let model = try base(seeds: seeds)
    guard let rateControl else { return model }
    let place = RateControlPlan.Place(
      latentChannels: encoder.output.value, hyperChannels: max(side.latentChannels ?? 1, 1), hasContext: false, encoder: model.analysis,
      decoder: model.synthesis)
    return RateControlledModel(base: model, control: try rateControl.build(for: place, seeds: seeds))
  }

  private func base(seeds: SeedSequence) throws -> ComposedModel {
    ComposedModel(
      analysis: try encoder.build(seeds: seeds), synthesis: try decoder.build(seeds: seeds),
      sideInformation: try side.build(seeds: seeds), coding: try contextModel.build(sizes, density: density, seeds: seeds),
      quantizer: quantizer(), thumbnailSynthesis: try thumbnail?.build(seeds: seeds), encoderMultiple: encoderMultiple)
  }
}

extension PlanGathering {
  /// Reports what a rate control asks of the other parts that they do not have.
  mutating func check(_ control: RateControlPlan, on side: SideInformationPlan, contextModel: ContextPlan?) {
    if control.hasOffsets {
      report(
        "\(control.classPath) puts elements back by offsets of single Gaussians, which this model's context models do not take; set its offsets "
          + "to false, or name models.MeanScaleHyperprior", at: "rate_control")
    }
    if control.scalesHyper, side.latentChannels == nil {
      report(
        "\(control.classPath) scales one second latent, and this side information has several; name side_information.Hyperprior or a rate "
          + "control of the first latent such as rate_control.QuantizationRegulator", at: "rate_control")
    }
    if contextModel?.classPath == "context.Autoregressive" {
      report(
        "\(control.classPath) does not reach into the native loop of context.Autoregressive here; name models.JointAutoregressiveHyperprior, which "
          + "has both, or a context model that codes in groups", at: "rate_control")
    }
  }

  /// Plans side information, to which the model says N and M.
  mutating func sideInformation(_ component: Component<SideInformationKind>) -> SideInformationPlan? {
    let own = ["channels": channels, "expansion_channels": expansionChannels]
    return attempt { context throws(ConfigurationError) in try context.build(component, suggesting: own) }
  }

  /// Plans a context model.
  mutating func contextModel(_ component: Component<ContextModelKind>) -> ContextPlan? {
    attempt { context throws(ConfigurationError) in try context.build(component) }
  }

  /// Plans a family of densities.
  mutating func density(_ component: Component<ConditionalPriorKind>) -> (any DensityPlan)? {
    attempt { context throws(ConfigurationError) in try context.build(component, as: (any DensityPlan).self) }
  }
}
