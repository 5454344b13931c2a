import Configuration
import LatentModels
import Registry

/// A hyper analysis, a hyper synthesis and the entropy model between them, checked to fit each other.
struct HyperNetworksPlan: Sendable {
  let analysis: NetworkPlan
  let synthesis: NetworkPlan
  let bottleneck: EntropyBottleneckPlan
  let sideMultiple: Int

  /// Plans the parts.
  ///
  /// - Parameters:
  ///   - activation: the non-linearity of networks that name none of their own.
  ///   - context: that of the component; its arguments `channels` and `expansion_channels` are N and M of parts that name none.
  ///   - expansion: the component's argument that says M.
  ///   - bottleneckFollows: whether the entropy model that says no number of channels takes that of the hyper analysis, not N.
  /// - Throws: `ConfigurationError` with all that does not fit.
  init(
    analysis: Component<NetworkKind>, synthesis: Component<NetworkKind>, bottleneck: Component<PriorKind>?,
    activation: Component<NonlinearityKind>, context: BuildContext, expansion: String = "expansion_channels",
    bottleneckFollows: Bool = false
  ) throws(ConfigurationError) {
    let activation = Suggestion(activation.node)
    var gathering = PlanGathering(context: context, expansion: expansion)
    let analysis = gathering.network(
      analysis, activation: activation,
      place: NetworkPlace(input: gathering.expansionChannels, output: gathering.channels, scale: .reduces(4)))
    let synthesis = gathering.network(
      synthesis, activation: activation,
      place: NetworkPlace(input: gathering.channels, output: gathering.expansionChannels.times(2), scale: .enlarges(4)))
    let bottleneck =
      bottleneckFollows
      ? analysis.flatMap { gathering.entropyBottleneck(bottleneck, channels: $0.output) }
      : gathering.entropyBottleneck(bottleneck, number: "channels")
    guard let analysis, let synthesis, let bottleneck, gathering.problems.isEmpty else { throw ConfigurationError(gathering.problems) }
    var fit = PlanFit(context: context)
    sideMultiple = fit.sideMultiple(hyperAnalysis: analysis.scale, hyperSynthesis: synthesis.scale)
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    fit.compare(("the hyper analysis gives", analysis.output), ("the entropy bottleneck takes", bottleneck.channels))
    fit.compare(("the hyper analysis gives", analysis.output), ("the hyper synthesis takes", synthesis.input))
    guard fit.problems.isEmpty else { throw ConfigurationError(fit.problems) }
    (self.analysis, self.synthesis, self.bottleneck) = (analysis, synthesis, bottleneck)
  }

  /// The side information of the networks.
  func sideInformation(seesMagnitudes: Bool = false) -> SideInformationPlan {
    SideInformationPlan(channels: analysis.input, hyperChannels: synthesis.output, latentChannels: analysis.output.value) { seeds in
      Hyperprior(
        analysis: try analysis.build(seeds: seeds), synthesis: try synthesis.build(seeds: seeds),
        bottleneck: try bottleneck.build(seeds: seeds), seesMagnitudes: seesMagnitudes, sideMultiple: sideMultiple)
    }
  }
}
