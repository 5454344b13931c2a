public import Configuration
public import Registry
public import Torch

/// A block as a configuration describes it, ready to be built: a layer `[N, C, H, W]` → `[N, C, H, W]` for sides of any length.
public struct BlockPlan: Sendable {
  /// C.
  public let channels: StatedNumber
  private let make: @Sendable (SeedSequence) throws -> any Layer

  /// Creates a plan.
  ///
  /// - Parameter make: builds the block with initial weights drawn from a sequence; called anew for each place.
  public init(channels: StatedNumber, make: @escaping @Sendable (SeedSequence) throws -> any Layer) {
    self.channels = channels
    self.make = make
  }

  /// Builds the block.
  public func build(seeds: SeedSequence) throws -> any Layer { try make(seeds) }
}

extension BuildContext {
  /// Plans a block among the settings for a place with some channels, which are suggested to it.
  ///
  /// - Parameters:
  ///   - argument: the argument of the component being built that holds the block.
  ///   - channels: those of the place, of which `place` says in words whose they are: "the non-linearity has".
  ///   - isInverse: whether the place is on the way back from a latent, for the non-linearities among the blocks.
  /// - Throws: `ConfigurationError` for a block of another number of channels.
  public func block(
    _ component: Component<BlockKind>, argument: String, channels: StatedNumber, of place: String, isInverse: Bool? = nil
  ) throws(ConfigurationError) -> BlockPlan {
    var component = component
    if component.path.isEmpty { component.path = path(of: argument) }
    var suggestions = ["channels": Suggestion(Node(.int(channels.value), mark: channels.mark), path: channels.path)]
    if let isInverse { suggestions["inverse"] = Suggestion(Node(.bool(isInverse))) }
    let plan = try build(component, as: BlockPlan.self, suggesting: suggestions)
    guard plan.channels.value == channels.value else {
      throw ConfigurationError(
        mark: plan.channels.mark.isDefault ? mark(of: argument) : plan.channels.mark, path: plan.channels.path ?? component.path,
        "\(place) \(channels.value) channels\(channels.origin) but the block takes \(plan.channels.value); leave its channels out, or wrap it in "
          + "blocks.Adapted, which puts convolutions 1×1 around it")
    }
    return plan
  }
}
