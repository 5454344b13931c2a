import Configuration
import LatentModels
import Registry

/// Plans the parts of a model one after the other, so that the problems of all of them are told together.
struct PlanGathering {
  let context: BuildContext
  /// The model's argument that says M.
  let expansion: String
  /// Whether the model has places for networks of two latents.
  let takesPairs: Bool
  private(set) var problems: [Problem] = []

  init(context: BuildContext, expansion: String = "expansion_channels", takesPairs: Bool = false) {
    self.context = context
    self.expansion = expansion
    self.takesPairs = takesPairs
  }

  /// N.
  var channels: Suggestion { context.suggestion("channels") }
  /// M.
  var expansionChannels: Suggestion { context.suggestion(expansion) }

  /// Plans a network that may leave N, M, its non-linearity and its ends to the model.
  mutating func network(_ component: Component<NetworkKind>, activation: Suggestion, place: NetworkPlace) -> NetworkPlan? {
    let own = [
      "channels": channels, "expansion_channels": expansionChannels, "activation": activation, "ratio": context.suggestion("ratio"),
    ]
    let suggestions = own.merging(place.suggestions) { own, _ in own }
    let plan: NetworkPlan? = attempt { context throws(ConfigurationError) in try context.build(component, suggesting: suggestions) }
    guard let plan, !takesPairs, plan.inputPair != nil || plan.outputPair != nil else { return plan }
    let sentence =
      "\(component.classPath) is for two latents of one picture, and this model codes one; name models.Octave or models.DualBranch, which code two"
    problems.append(
      Problem(
        mark: component.mark.isDefault ? context.mark : component.mark, path: component.path.isEmpty ? context.path : component.path,
        sentence: sentence))
    return nil
  }

  /// Plans an encoder, for which the model says 3 and M channels and a sixteenth of the sides.
  mutating func encoder(_ component: Component<NetworkKind>, activation: Suggestion) -> NetworkPlan? {
    network(component, activation: activation, place: NetworkPlace(input: .pictures, output: expansionChannels, scale: .reduces(16)))
  }

  /// Plans a decoder, the way back.
  mutating func decoder(_ component: Component<NetworkKind>, activation: Suggestion) -> NetworkPlan? {
    network(component, activation: activation, place: NetworkPlace(input: expansionChannels, output: .pictures, scale: .enlarges(16)))
  }

  /// Plans a network that shows the latent as thumbnails, for which the model says M and 3 channels.
  mutating func thumbnail(_ component: Component<NetworkKind>, activation: Suggestion) -> NetworkPlan? {
    network(component, activation: activation, place: NetworkPlace(input: expansionChannels, output: .pictures, scale: .enlarges(2)))
  }

  /// Plans an entropy bottleneck whose channels are those of the model's argument `number` unless it says them itself.
  mutating func entropyBottleneck(_ component: Component<PriorKind>?, number: String) -> EntropyBottleneckPlan? {
    attempt { context throws(ConfigurationError) in
      guard let component else { return EntropyBottleneckPlan(channels: try context.number(number)) }
      return try context.build(component, suggesting: ["channels": context.suggestion(number)])
    }
  }

  /// Plans an entropy bottleneck for a number of channels.
  mutating func entropyBottleneck(_ component: Component<PriorKind>?, channels: StatedNumber) -> EntropyBottleneckPlan? {
    guard let component else { return EntropyBottleneckPlan(channels: channels) }
    let suggestion = Suggestion(Node(.int(channels.value), mark: channels.mark), path: channels.path)
    return attempt { context throws(ConfigurationError) in try context.build(component, suggesting: ["channels": suggestion]) }
  }

  /// Plans a conditional entropy model.
  mutating func gaussianConditional(_ component: Component<ConditionalPriorKind>?) -> GaussianConditionalPlan? {
    attempt { context throws(ConfigurationError) in
      guard let component else { return GaussianConditionalPlan() }
      let plan = try context.build(component, as: (any DensityPlan).self)
      if let plan = plan as? GaussianConditionalPlan { return plan }
      throw ConfigurationError(
        mark: context.mark(of: "gaussian_conditional"), path: context.path(of: "gaussian_conditional"),
        "\(plan.classPath) is no Gaussian, and this model has the parameters of Gaussians alone; name models.Composed, which takes any density"
      )
    }
  }

  /// Plans a quantizer, whose networks, where it has some, may leave their non-linearity to the model.
  mutating func quantizer(_ component: Component<QuantizerKind>, activation: Suggestion? = nil) -> QuantizerPlan? {
    attempt { context throws(ConfigurationError) in
      try context.build(component, suggesting: activation.map { ["activation": $0] } ?? [:])
    }
  }

  /// Plans a quantizer of whole numbers, as a model with Gaussians needs it.
  mutating func wholeNumberQuantizer(_ component: Component<QuantizerKind>) -> (@Sendable () -> any WholeNumberQuantizer)? {
    guard let plan = quantizer(component) else { return nil }
    if case .wholeNumbers(let make) = plan.form { return make }
    report(plan.conditionalProblem ?? "\(plan.classPath) does not fit", at: "quantizer")
    return nil
  }

  /// Plans a rate control for a model with predicted densities.
  mutating func rateControl(
    _ component: Component<RateControlKind>?, quantizer: (@Sendable () -> any WholeNumberQuantizer)?, transforms: [NetworkPlan?]
  ) -> RateControlPlan? {
    guard let component else { return nil }
    let plan: RateControlPlan? = attempt { context throws(ConfigurationError) in try context.build(component) }
    if let plan, plan.needsRounding, let quantizer, !quantizer().roundsInTraining {
      report(
        "\(plan.classPath) learns where rounded numbers are put back, and this quantizer shows the decoder none in training; "
          + "name quantizer.Mixed or quantizer.StraightThrough, or set its offsets to false", at: "quantizer")
    }
    if let plan, plan.needsStages {
      for (argument, network) in zip(["encoder", "decoder"], transforms) where network.map({ $0.stages == nil }) == true {
        report(
          "\(plan.classPath) works between the layers of encoder and decoder, and this network does not tell its layers; "
            + "name one of FactorizedPrior, Cheng2020Anchor, Cheng2020Attention or ELIC, or a rate control of the latent such as rate_control.GainUnits",
          at: argument)
      }
    }
    return plan
  }

  /// Reports what does not fit at an argument of the model.
  mutating func report(_ sentence: String, at argument: String) {
    problems.append(Problem(mark: context.mark(of: argument), path: context.path(of: argument), sentence: sentence))
  }

  /// Builds a plan, or keeps the problems of the attempt.
  mutating func attempt<Plan>(_ build: (BuildContext) throws(ConfigurationError) -> Plan) -> Plan? {
    do throws(ConfigurationError) { return try build(context) } catch {
      problems += error.problems
      return nil
    }
  }
}
