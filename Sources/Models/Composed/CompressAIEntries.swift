import Configuration
import LatentModels
import Registry

extension ModelEntries {
  /// The composed models that CompressAI has, with its parts, its names and its streams.
  static let compressAIModels: [Entry] = [
    Entry(
      ModelKind.self, "models.Cheng2020AnchorCheckerboard", aliases: ["cheng2020-anchor-checkerboard"],
      summary: "Residual blocks with a checkerboard context model.", leaf: "Context Models/Parallel Decoding/Checkerboard",
      alsoIn: ["Architectural Archetypes/Convolutional/Residual Blocks"], paper: "he2021checkerboard",
      equation: """
        y = g_a(x), ψ = h_s(ẑ), z = h_a(y)
        first half: (σ, μ) = e(0, ψ); second half: (σ, μ) = e(φ, ψ), φ = masked convolution 5×5 of the first half of ŷ
        """,
      settings: Cheng2020CheckerboardSettings.self
    ) { settings, context in
      let parts = try ComposedPlan(settings.checkerboardComponents, context: context, expansion: "channels")
      return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
    },
    Entry(
      ModelKind.self, "models.ELIC2022Official", aliases: ["elic2022-official"],
      summary: "ELIC: groups of channels of growing size, each a checkerboard, with all groups before as context.",
      leaf: "Context Models/Parallel Decoding/Checkerboard", alsoIn: ["Architectural Archetypes/Convolutional/Residual Blocks"],
      paper: "he2022elic", equation: elic, settings: ELICSettings<ELICOfficialDefaults>.self
    ) { settings, context in try elic(settings, context: context) },
    Entry(
      ModelKind.self, "models.ELIC2022Chandelier", aliases: ["elic2022-chandelier"],
      summary: "ELIC with the first group and the one before as context alone.",
      leaf: "Context Models/Parallel Decoding/Checkerboard", alsoIn: ["Architectural Archetypes/Convolutional/Residual Blocks"],
      paper: "he2022elic", equation: elic, settings: ELICSettings<ELICChandelierDefaults>.self
    ) { settings, context in try elic(settings, context: context) },
  ]

  private static let elic = """
    y = g_a(x), ψ = h_s(ẑ), z = h_a(y)
    Φ_ch = g_ch(ŷ of groups before), Φ_sp = g_sp(first half of ŷ of the group), (σ, μ) = e(Φ_sp, Φ_ch, ψ)
    """

  private static func elic<Defaults>(
    _ settings: ELICSettings<Defaults>, context: BuildContext
  ) throws(ConfigurationError) -> ModelPlan {
    let parts = try ComposedPlan(settings.components, context: context)
    return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
  }
}

extension Cheng2020Settings {
  /// The parts with a checkerboard in place of the serial context model.
  var checkerboardComponents: ComposedPlan.Components {
    .init(
      encoder: encoder, decoder: decoder, quantizer: quantizer, rateControl: rateControl,
      sideInformation: {
        $0.hyperNetworks(
          hyperAnalysis, hyperSynthesis, entropyBottleneck, activation: Component("nonlinearity.LeakyReLU"))
      },
      contextModel: { _ in .checkerboard(kernel: 5, streams: .eachGroup) }, density: { $0.gaussianConditional(gaussianConditional) })
  }
}

extension PlanGathering {
  /// Plans side information of a hyper analysis and a hyper synthesis.
  mutating func hyperNetworks(
    _ analysis: Component<NetworkKind>, _ synthesis: Component<NetworkKind>, _ bottleneck: Component<PriorKind>?,
    activation: Component<NonlinearityKind>, bottleneckFollows: Bool = false
  ) -> SideInformationPlan? {
    let expansion = expansion
    return attempt { context throws(ConfigurationError) in
      try HyperNetworksPlan(
        analysis: analysis, synthesis: synthesis, bottleneck: bottleneck, activation: activation, context: context, expansion: expansion,
        bottleneckFollows: bottleneckFollows
      ).sideInformation()
    }
  }
}
