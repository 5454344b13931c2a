public import Configuration
import Layers
public import Registry
import Torch

/// The published stages of a network of mixed blocks.
public protocol MixtureNetworkDefaults: Sendable {
  /// The blocks of each stage.
  static var depths: [Int] { get }
  /// The numbers of each head.
  static var headDim: [Int] { get }
  /// The side of the windows.
  static var window: Int { get }
}

/// The settings of a network of transformer-CNN mixture blocks; N, M and a non-linearity of null take what the model says.
public struct MixtureNetworkSettings<Defaults: MixtureNetworkDefaults>: ValidatedSettings {
  /// The non-linearity of the residual blocks that change the sides; on the way back it is the inverse.
  public var activation: Component<NonlinearityKind>?
  /// N, the channels of the second latent.
  public var channels: Int?
  /// M, the channels of the latent.
  public var expansionChannels: Int?
  /// Half the channels between the layers, which is what either half of a block has, 1 to 4096; null takes a third of N, 64 of 192.
  public var width: Int?
  /// The blocks of each stage, from the larger sides to the smaller ones, 1 to 32 each.
  public var depths = Defaults.depths
  /// How many numbers a head of each stage has, divisors of the width; null takes the published ones, or where they do not divide it, the next smaller numbers that do.
  public var headDim: [Int]?
  /// The side of the windows, 2 to 64.
  public var window = Defaults.window

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let count = Defaults.depths.count
    var found =
      ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels), ("width", width)])
      + StageCheck.problems(depths: depths, heads: nil, window: window, count: count).filter { $0.key != "heads" }
    if let headDim, headDim.count != count || !headDim.allSatisfy({ 1...4096 ~= $0 }) {
      found.append(("headDim", "must be \(count) number\(count == 1 ? "" : "s") in 1 ... 4096, found \(headDim)"))
    }
    return found
  }

  /// What is written, or a third of N.
  private func halfWidth(_ context: BuildContext) throws(ConfigurationError) -> Int {
    if let width { return width }
    return max(1, try context.number("channels").value / 3)
  }

  /// What a network of these settings is made of.
  func parts(inverse: Bool, context: BuildContext) throws(ConfigurationError) -> MixtureParts {
    let width = try halfWidth(context)
    let parts = try NetworkParts(activation: activation, inverse: inverse, context: context) { n, _ in [n.scaled(to: 2 * width)] }
    if let headDim, let wrong = headDim.first(where: { !width.isMultiple(of: $0) }) {
      throw ConfigurationError(
        mark: context.mark(of: "head_dim"), path: context.path(of: "head_dim"),
        "must divide the width \(width), found \(wrong); lower it, or leave head_dim out")
    }
    let sizes = headDim ?? Defaults.headDim.map { AttentionHeads.fitting($0, channels: width) }
    return MixtureParts(
      channels: parts.channels, expansionChannels: parts.expansionChannels,
      stages: MixtureStages(width: width, depths: depths, heads: sizes.map { width / $0 }, window: window),
      nonlinearity: { try parts.nonlinearity(2 * width) })
  }
}

/// What a network of mixed blocks is made of.
struct MixtureParts: Sendable {
  let channels: StatedNumber
  let expansionChannels: StatedNumber
  let stages: MixtureStages
  let nonlinearity: @Sendable () throws -> any Layer
}

/// Those of the transforms of TCM.
public enum TCMTransformDefaults: MixtureNetworkDefaults {
  /// Two blocks each.
  public static let depths = [2, 2, 2]
  /// 8, 16 and 32 numbers.
  public static let headDim = [8, 16, 32]
  /// 8.
  public static let window = 8
}

/// Those of the hyper networks of TCM.
public enum TCMHyperDefaults: MixtureNetworkDefaults {
  /// Two blocks.
  public static let depths = [2]
  /// 32 numbers.
  public static let headDim = [32]
  /// 4.
  public static let window = 4
}
