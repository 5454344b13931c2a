import Configuration
import LatentModels
import Layers
import Registry
import Torch

/// The parts of a model of two latents as a configuration describes them, checked to fit each other.
struct PairedPlan: Sendable {
  private let encoder: NetworkPlan
  private let decoder: NetworkPlan
  private let layout: PairLayout
  private let side: PairedSidePlan
  private let contexts: (high: ContextPlan, low: ContextPlan)
  private let density: any DensityPlan
  private let conditional: Bool
  private let quantizer: @Sendable () -> any WholeNumberQuantizer
  private let rateControl: RateControlPlan?
  private let encoderMultiple: Int

  /// Plans the parts.
  ///
  /// - Parameter context: that of the model.
  /// - Throws: `ConfigurationError` with all that does not fit.
  init(_ settings: any PairedSettings, context: BuildContext) throws(ConfigurationError) {
    let activation = context.suggestion("activation")
    var gathering = PlanGathering(context: context, takesPairs: true)
    let encoder = gathering.encoder(settings.encoder, activation: activation)
    let decoder = gathering.decoder(settings.decoder, activation: activation)
    let high = gathering.contextModel(settings.contextModel)
    let low = gathering.contextModel(settings.lowContextModel ?? settings.contextModel)
    let density = gathering.density(settings.density)
    let quantizer = gathering.wholeNumberQuantizer(settings.quantizer)
    rateControl = gathering.rateControl(settings.rateControl, quantizer: quantizer, transforms: [encoder, decoder])
    guard let encoder, let decoder, let high, let low, let density, let quantizer, gathering.problems.isEmpty else {
      throw ConfigurationError(gathering.problems)
    }
    layout = try PairedPlan.layout(encoder: encoder, decoder: decoder, context: context)
    guard let side = gathering.pairedSide(settings, layout: layout, of: encoder.output) else {
      throw ConfigurationError(gathering.problems)
    }
    if let rateControl {
      let none = SideInformationPlan(channels: nil, hyperChannels: nil) { _ in NoSideInformation() }
      for plan in high.classPath == low.classPath ? [high] : [high, low] { gathering.check(rateControl, on: none, contextModel: plan) }
      guard gathering.problems.isEmpty else { throw ConfigurationError(gathering.problems) }
    }
    var fit = PlanFit(context: context)
    encoderMultiple = fit.sideMultiple(encoder: encoder.scale, decoder: decoder.scale)
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    fit.compare(("the pictures have", StatedNumber(3)), ("the encoder takes", encoder.input))
    fit.compare(("the decoder gives", decoder.output), ("the pictures have", StatedNumber(3)))
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    (self.encoder, self.decoder, self.side, self.density, self.quantizer) = (encoder, decoder, side, density, quantizer)
    (contexts, conditional) = ((high, low), settings.conditional)
    let arguments = ["context_model", settings.lowContextModel == nil ? "context_model" : "low_context_model"]
    for (argument, plan, sizes) in zip3(arguments, [high, low], [highSizes, lowSizes]) {
      guard let problem = plan.problem(sizes, density: density) else { continue }
      throw ConfigurationError(
        mark: context.mark(of: argument), path: context.path(of: argument), "\(plan.classPath) cannot be used here: \(problem)")
    }
  }

  /// The layout of the latents, which encoder and decoder have to share.
  private static func layout(encoder: NetworkPlan, decoder: NetworkPlan, context: BuildContext) throws(ConfigurationError) -> PairLayout {
    func failure(_ argument: String, _ sentence: String) -> ConfigurationError {
      ConfigurationError(mark: context.mark(of: argument), path: context.path(of: argument), sentence)
    }
    guard let layout = encoder.outputPair else {
      throw failure(
        "encoder",
        "gives one latent, and this model codes two; name networks.OctaveEncoder or networks.DualBranchEncoder, or models.Composed for one")
    }
    guard let input = decoder.inputPair else {
      throw failure("decoder", "takes one latent, and this model codes two; name networks.OctaveDecoder or networks.DualBranchDecoder")
    }
    guard input == layout else {
      throw failure("decoder", "takes \(input.words), and the encoder gives \(layout.words); give both the same channels and ratio")
    }
    return layout
  }

  private var highSizes: ContextSizes {
    ContextSizes(
      channels: layout.high, hyperChannels: side.hyperLayout(layout).high, parametersPerElement: density.parametersPerElement)
  }

  /// What the high latent says is added to what side information says, or stands in its place.
  private var lowSizes: ContextSizes {
    let told = side.hyperLayout(layout).low
    return ContextSizes(
      channels: layout.low, hyperChannels: conditional && told == 0 ? density.parametersPerElement * layout.low : told,
      parametersPerElement: density.parametersPerElement)
  }

  /// Builds the model with the initial weights of `seeds`, with its rate control where it has one.
  func build(seeds: SeedSequence) throws -> any CompressionModel {
    let model = ComposedModel(
      analysis: try encoder.build(seeds: seeds), synthesis: try decoder.build(seeds: seeds),
      sideInformation: try side.build(layout, seeds: seeds), coding: try coding(seeds: seeds), quantizer: quantizer(),
      encoderMultiple: encoderMultiple)
    guard let rateControl else { return model }
    let place = RateControlPlan.Place(
      latentChannels: layout.channels, hyperChannels: 1, hasContext: false, encoder: model.analysis, decoder: model.synthesis)
    return RateControlledModel(base: model, control: try rateControl.build(for: place, seeds: seeds))
  }

  private func coding(seeds: SeedSequence) throws -> PairedCoding {
    let high = try contexts.high.build(highSizes, density: density, seeds: seeds)
    let low = try contexts.low.build(lowSizes, density: density, seeds: seeds)
    let condition =
      conditional
      ? try PairCondition(channels: layout.high * layout.factor * layout.factor, outputs: lowSizes.hyperChannels, seeds: seeds) : nil
    return PairedCoding(high: high, low: low, condition: condition, layout: layout, hyperLayout: side.hyperLayout(layout))
  }
}

extension PairLayout {
  /// For the middle of a sentence.
  var words: String { "latents of \(high) and \(low) channels, the first of \(factor) times the sides" }
}

private func zip3<A, B, C>(_ first: [A], _ second: [B], _ third: [C]) -> [(A, B, C)] {
  zip(first, zip(second, third)).map { ($0, $1.0, $1.1) }
}
