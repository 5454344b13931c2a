import Configuration
import Layers
import Registry
import Torch

extension ContextPlan {
  /// Slices of channels, one after the other.
  static func channelWise(_ settings: ChannelWiseSettings, context: BuildContext) throws(ConfigurationError) -> ContextPlan {
    let (activation, attention) = (settings.activation, settings.attention)
    // Whether it can be built at all is known here.
    _ = try context.build(activation, as: (any Layer).self, suggesting: ["channels": Node(.int(settings.widths[0]))])
    @Sendable func block(_ component: Component<BlockKind>, channels: Int) throws(ConfigurationError) -> BlockPlan {
      try context.block(component, argument: "attention", channels: StatedNumber(channels), of: "the network of a slice sees")
    }
    return ContextPlan(grouped: "context.ChannelWise") { sizes, _ in
      if settings.slices > sizes.channels { return "it cuts \(sizes.channels) channels into \(settings.slices) slices; lower slices" }
      guard sizes.hyperChannels.isMultiple(of: sizes.parametersPerElement) else {
        return
          "it cuts \(sizes.hyperChannels) channels of side information into \(sizes.parametersPerElement) equal parts, one for each number "
          + "that describes an element; give the hyper synthesis a multiple of them"
      }
      guard let attention else { return nil }
      let seen = ChannelwiseContext.inputChannels(
        channels: sizes.channels, slices: settings.slices, support: settings.support,
        sideChannels: sizes.hyperChannels / sizes.parametersPerElement)
      return seen.lazy.compactMap { problem { () throws(ConfigurationError) in _ = try block(attention, channels: $0) } }.first
    } make: { sizes, seeds in
      try ChannelwiseContext(
        channels: sizes.channels, slices: settings.slices, hyperChannels: sizes.hyperChannels,
        parametersPerElement: sizes.parametersPerElement, support: settings.support, predictsResiduals: settings.residualPrediction,
        networks: SliceNetworks(
          widths: settings.widths, kernel: settings.kernel,
          unit: { try context.build(activation, as: (any Layer).self, suggesting: ["channels": Node(.int($0))]) },
          attention: attention.map { component in { try block(component, channels: $0).build(seeds: $1) } }), seeds: seeds)
    }
  }

  /// What an attempt says that fails.
  private static func problem(_ attempt: () throws(ConfigurationError) -> Void) -> String? {
    do throws(ConfigurationError) {
      try attempt()
      return nil
    } catch { return error.problems.first?.sentence }
  }
}
