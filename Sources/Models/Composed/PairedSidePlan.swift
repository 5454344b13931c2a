import Configuration
import LatentModels
import Layers
import Registry
import Torch

/// The side information of two latents: that of both at once, or one of each.
enum PairedSidePlan: Sendable {
  case joint(SideInformationPlan, hyper: PairLayout)
  case each(high: SideInformationPlan, low: SideInformationPlan)

  /// The layout of ψ for latents of a layout; 0 channels where nothing is told.
  func hyperLayout(_ latents: PairLayout) -> PairLayout {
    switch self {
    case .joint(_, let hyper): hyper
    case .each(let high, let low):
      PairLayout(high: high.hyperChannels?.value ?? 0, low: low.hyperChannels?.value ?? 0, factor: latents.factor)
    }
  }

  /// Builds it with initial weights drawn from `seeds`.
  func build(_ latents: PairLayout, seeds: SeedSequence) throws -> any SideInformation {
    switch self {
    case .joint(let plan, _): try plan.build(seeds: seeds)
    case .each(let high, let low):
      PairedSideInformation(
        high: try high.build(seeds: seeds), low: try low.build(seeds: seeds), layout: latents, hyperLayout: hyperLayout(latents))
    }
  }
}

extension PlanGathering {
  /// Plans the side information of two latents; nil where there are problems.
  ///
  /// - Parameter number: what says M.
  mutating func pairedSide(_ settings: any PairedSettings, layout: PairLayout, of number: StatedNumber) -> PairedSidePlan? {
    if let joint = settings.jointSideInformation {
      let plan = attempt { context throws(ConfigurationError) -> SideInformationPlan in
        try context.build(
          joint,
          suggesting: [
            "channels": context.suggestion("channels"), "expansion_channels": context.suggestion("expansion_channels"),
            "ratio": context.suggestion("ratio"),
          ])
      }
      guard let plan else { return nil }
      guard let pair = plan.pair else {
        report(
          "tells of one latent; name side_information.OctaveHyperprior here, or null and side_information", at: "joint_side_information")
        return nil
      }
      guard pair.latents == layout else {
        report(
          "takes \(pair.latents.words), and the encoder gives \(layout.words); give both the same channels and ratio",
          at: "joint_side_information")
        return nil
      }
      return .joint(plan, hyper: pair.hyper)
    }
    let high = side(settings.sideInformation, "side_information", number.scaled(to: layout.high), share: \.high, layout: layout)
    let low = side(
      settings.lowSideInformation ?? settings.sideInformation,
      settings.lowSideInformation == nil ? "side_information" : "low_side_information", number.scaled(to: layout.low), share: \.low,
      layout: layout)
    guard let high, let low else { return nil }
    return .each(high: high, low: low)
  }

  private mutating func side(
    _ component: Component<SideInformationKind>, _ argument: String, _ latent: StatedNumber, share: KeyPath<OctaveChannels, Int>,
    layout: PairLayout
  ) -> SideInformationPlan? {
    let own = channels
    let plan = attempt { context throws(ConfigurationError) -> SideInformationPlan in
      let number = try context.number("channels")
      let ratio = Double(layout.low) / Double(layout.channels)
      let channels = OctaveChannels(number.value, ratio: ratio)[keyPath: share]
      return try context.build(
        component,
        suggesting: [
          "channels": Suggestion(Node(.int(channels), mark: number.mark), path: own.path),
          "expansion_channels": Suggestion(Node(.int(latent.value), mark: latent.mark), path: latent.path),
        ])
    }
    guard let plan else { return nil }
    guard plan.pair == nil else {
      report("tells of two latents at once; name it joint_side_information", at: argument)
      return nil
    }
    if let channels = plan.channels, channels.value != latent.value {
      report("takes a latent of \(channels.value) channels\(channels.origin), and the encoder gives one of \(latent.value)", at: argument)
      return nil
    }
    return plan
  }
}
