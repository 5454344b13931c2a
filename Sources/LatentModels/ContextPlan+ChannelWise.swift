import Configuration
import Layers
import Registry
import Torch

extension ContextPlan {
  /// Slices of channels, one after the other.
  static func channelWise(_ settings: ChannelWiseSettings, context: BuildContext) throws(ConfigurationError) -> ContextPlan {
    let parts = SliceParts(settings: settings, context: context)
    // Whether it can be built at all is known here.
    _ = try parts.unit(channels: settings.widths[0])
    return ContextPlan(grouped: "context.ChannelWise") { sizes, _ in
      parts.problem(sizes)
    } make: { sizes, seeds in
      try ChannelwiseContext(
        channels: sizes.channels, slices: settings.slices, hyperChannels: sizes.hyperChannels,
        parametersPerElement: sizes.parametersPerElement, support: settings.support, predictsResiduals: settings.residualPrediction,
        networks: parts.networks, seeds: seeds)
    }
  }
}

/// What the networks of slices are made of, as a configuration says it.
private struct SliceParts: Sendable {
  let settings: ChannelWiseSettings
  let context: BuildContext

  /// The unit between two layers.
  func unit(channels: Int) throws(ConfigurationError) -> any Layer {
    try context.build(settings.activation, suggesting: ["channels": Node(.int(channels))])
  }

  /// The attention over so many channels.
  func attention(_ component: Component<BlockKind>, channels: Int) throws(ConfigurationError) -> BlockPlan {
    try context.block(component, argument: "attention", channels: StatedNumber(channels), of: "the network of a slice sees")
  }

  var networks: SliceNetworks {
    guard let component = settings.attention else {
      return SliceNetworks(widths: settings.widths, kernel: settings.kernel) { try unit(channels: $0) }
    }
    return SliceNetworks(widths: settings.widths, kernel: settings.kernel) { channels in
      try unit(channels: channels)
    } attention: { channels, seeds in
      try attention(component, channels: channels).build(seeds: seeds)
    }
  }

  /// Why it cannot be built for some sizes; nil where it can.
  func problem(_ sizes: ContextSizes) -> String? {
    if settings.slices > sizes.channels { return "it cuts \(sizes.channels) channels into \(settings.slices) slices; lower slices" }
    guard sizes.hyperChannels.isMultiple(of: sizes.parametersPerElement) else {
      return
        "it cuts \(sizes.hyperChannels) channels of side information into \(sizes.parametersPerElement) equal parts, one for each number "
        + "that describes an element; give the hyper synthesis a multiple of them"
    }
    guard let component = settings.attention else { return nil }
    let seen = ChannelwiseContext.inputChannels(
      channels: sizes.channels, slices: settings.slices, support: settings.support,
      sideChannels: sizes.hyperChannels / sizes.parametersPerElement)
    for channels in seen {
      do throws(ConfigurationError) {
        _ = try attention(component, channels: channels)
      } catch {
        return error.problems.first?.sentence
      }
    }
    return nil
  }
}
