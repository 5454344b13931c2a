public import Configuration
import LatentModels
import Layers
public import Registry

extension SideInformationEntries {
  static let octaveHyperprior = Entry(
    SideInformationKind.self, "side_information.OctaveHyperprior",
    summary: "A hyperprior of two latents at once: octave networks to two further latents and back.",
    leaf: "Architectural Archetypes/Convolutional/Octave Convolutions", alsoIn: ["Hierarchical Priors/Local Context Modeling"],
    paper: "akbari2021learned",
    equation: "(z_H, z_L) = h_a(y_H, y_L), (ψ_H, ψ_L) = h_s(ẑ_H, ẑ_L), p(ẑ) = Π_i p_c(ẑ_i)", settings: OctaveHyperpriorSettings.self
  ) { settings, context in
    var gathering = PlanGathering(context: context, takesPairs: true)
    let activation = Suggestion(settings.activation.node)
    let analysis = gathering.network(
      settings.hyperAnalysis, activation: activation,
      place: NetworkPlace(input: gathering.expansionChannels, output: gathering.channels, scale: .reduces(4)))
    let synthesis = gathering.network(
      settings.hyperSynthesis, activation: activation,
      place: NetworkPlace(input: gathering.channels, output: gathering.expansionChannels.times(2), scale: .enlarges(4)))
    guard let analysis, let synthesis, gathering.problems.isEmpty else { throw ConfigurationError(gathering.problems) }
    var fit = PlanFit(context: context)
    let multiple = fit.sideMultiple(hyperAnalysis: analysis.scale, hyperSynthesis: synthesis.scale)
    let ends = fit.pairs(hyperAnalysis: analysis, hyperSynthesis: synthesis)
    guard let ends, fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    let number = analysis.output
    let high = gathering.entropyBottleneck(settings.entropyBottleneck, channels: number.scaled(to: ends.further.high))
    let low = gathering.entropyBottleneck(settings.entropyBottleneck, channels: number.scaled(to: ends.further.low))
    guard let high, let low, gathering.problems.isEmpty else { throw ConfigurationError(gathering.problems) }
    fit.compare(
      ("the hyper analysis gives for high frequencies", number.scaled(to: ends.further.high)),
      ("the entropy bottleneck takes", high.channels))
    fit.compare(
      ("the hyper analysis gives for low frequencies", number.scaled(to: ends.further.low)), ("the entropy bottleneck takes", low.channels))
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    return SideInformationPlan(
      channels: analysis.input, hyperChannels: synthesis.output, pair: .init(latents: ends.latents, hyper: ends.hyper)
    ) { seeds in
      JointHyperprior(
        analysis: try analysis.build(seeds: seeds), synthesis: try synthesis.build(seeds: seeds), high: try high.build(seeds: seeds),
        low: try low.build(seeds: seeds), layout: ends.further, sideMultiple: multiple)
    }
  }
}

extension PlanFit {
  /// The layouts of a hyper analysis and a hyper synthesis between pairs of latents.
  fileprivate mutating func pairs(
    hyperAnalysis: NetworkPlan, hyperSynthesis: NetworkPlan
  ) -> (latents: PairLayout, further: PairLayout, hyper: PairLayout)? {
    guard let latents = hyperAnalysis.inputPair, let further = hyperAnalysis.outputPair else {
      report("the hyper analysis has one latent at an end; name networks.OctaveHyperAnalysis there")
      return nil
    }
    guard let input = hyperSynthesis.inputPair, let hyper = hyperSynthesis.outputPair else {
      report("the hyper synthesis has one latent at an end; name networks.OctaveHyperSynthesis there")
      return nil
    }
    guard input == further else {
      report(
        "the hyper analysis gives \(further.words) and the hyper synthesis takes \(input.words); give both the same channels and ratio")
      return nil
    }
    return (latents, further, hyper)
  }
}

/// The settings of `side_information.OctaveHyperprior`.
public struct OctaveHyperpriorSettings: ValidatedSettings {
  /// N, the channels of both further latents; null takes the model's.
  public var channels: Int?
  /// M, the channels of both latents; null takes the model's.
  public var expansionChannels: Int?
  /// α, the share of the channels for low frequencies, more than 0 and less than 1; null takes the model's.
  public var ratio: Double?
  /// The non-linearity inside the layers, for networks that name none of their own.
  public var activation = Component<NonlinearityKind>("nonlinearity.LeakyReLU")
  /// h_a; what it leaves open is N, M, α and the non-linearity above.
  public var hyperAnalysis = Component<NetworkKind>("networks.OctaveHyperAnalysis")
  /// h_s; what it leaves open is N, M, α and the non-linearity above.
  public var hyperSynthesis = Component<NetworkKind>("networks.OctaveHyperSynthesis")
  /// The entropy model of each of both further latents; null takes `prior.EntropyBottleneck`.
  public var entropyBottleneck: Component<PriorKind>?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
      + (ratio.map { OctaveChannels.problems(ratio: $0) } ?? [])
  }
}
