public import Configuration
import Layers
public import Registry
import Torch

extension NetworkEntries {
  /// The network that puts blocks into another.
  static let recombinedNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.Recombined",
      summary: "Another network with blocks in place of its non-linearities, residual blocks or attention.",
      outside: "it is the network and the blocks that it names", settings: RecombinedSettings.self
    ) { settings, context in try RecombinedPlan(settings, context: context).network }
  ]
}

/// The settings of `networks.Recombined`.
public struct RecombinedSettings: ValidatedSettings {
  /// The network whose stages are replaced, one that tells its stages such as those of FactorizedPrior, Cheng2020Anchor, Cheng2020Attention and
  /// ELIC; what it leaves open is what the model says.
  public var base = Component<NetworkKind>("networks.FactorizedPriorEncoder")
  /// What stands in place of the non-linearities between the stages; null leaves them.
  public var nonlinearity: Component<BlockKind>?
  /// What stands in place of the residual blocks; null leaves them.
  public var residual: Component<BlockKind>?
  /// What stands in place of the attention; null leaves it.
  public var attention: Component<BlockKind>?
  /// The numbers of the stages, from 0, that may be replaced; null for all.
  public var only: [Int]?
  /// What is put behind the stages of `after`, each time anew; null for nothing.
  public var insert: Component<BlockKind>?
  /// The numbers of the stages, from 0, behind which `insert` is put; -1 is before the first.
  public var after: [Int] = []
  /// N, as the model says it to the base.
  public var channels: Int?
  /// M, as the model says it to the base.
  public var expansionChannels: Int?
  /// The non-linearity that the model says to the base.
  public var activation: Component<NonlinearityKind>?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
    for (key, numbers, first) in [("only", only ?? [], 0), ("after", after, -1)] {
      guard let number = numbers.first(where: { !(first..<1000 ~= $0) }) else { continue }
      found.append((key, "must be stages in \(first) ... 999, found \(number)"))
    }
    if insert == nil, !after.isEmpty { found.append(("after", "says where something is inserted, but insert names no block")) }
    if insert != nil, after.isEmpty { found.append(("insert", "names a block, but after says no stage behind which it comes")) }
    return found
  }
}
