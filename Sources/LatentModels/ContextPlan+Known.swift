extension ContextPlan {
  /// A checkerboard.
  public static func checkerboard(kernel: Int, streams: GroupCoding.Streams = .one) -> ContextPlan {
    ContextPlan(grouped: "context.Checkerboard", streams: streams) { sizes, seeds in
      try CheckerboardContext(
        channels: sizes.channels, hyperChannels: sizes.hyperChannels, parametersPerElement: sizes.parametersPerElement, kernel: kernel,
        seeds: seeds)
    }
  }

  /// Groups of channels, each a checkerboard.
  ///
  /// - Parameters:
  ///   - groups: the sizes of the groups; nil takes those of the paper for the latent's channels.
  ///   - aggregation: the widths of the networks at the end; nil takes a ramp that is as wide as side information at least.
  public static func spaceChannel(
    groups: [Int]?, support: ChannelSupport, aggregation: SpaceChannelContext.Aggregation? = nil, widths: ContextWidths = .paper,
    streams: GroupCoding.Streams = .one
  ) -> ContextPlan {
    ContextPlan(grouped: "context.SpaceChannel", streams: streams) { sizes, _ in
      guard let groups, groups.reduce(0, +) != sizes.channels else { return nil }
      return "its groups have \(groups.reduce(0, +)) channels together and the latent has \(sizes.channels)"
    } make: { sizes, seeds in
      try SpaceChannelContext(
        groups: groups ?? SpaceChannelContext.groupSizes(channels: sizes.channels), hyperChannels: sizes.hyperChannels,
        parametersPerElement: sizes.parametersPerElement, support: support, aggregation: aggregation ?? .ramp(least: sizes.hyperChannels),
        widths: widths, seeds: seeds)
    }
  }
}
