public import Configuration
import Layers
import Registry

/// The published stages of a network of Swin blocks.
public protocol SwinNetworkDefaults: Sendable {
  /// The blocks of each stage.
  static var depths: [Int] { get }
  /// The heads of each stage.
  static var heads: [Int] { get }
  /// The side of the windows.
  static var window: Int { get }
}

/// The settings of a network of Swin blocks with N and M channels; N and M of null take what the model says.
public struct SwinNetworkSettings<Defaults: SwinNetworkDefaults>: ValidatedSettings {
  /// N, the channels between the layers, in a hyper network also of the second latent.
  public var channels: Int?
  /// M, the channels of the latent.
  public var expansionChannels: Int?
  /// The blocks of each stage, from the larger sides to the smaller ones, 1 to 32 each.
  public var depths = Defaults.depths
  /// The heads of each stage, divisors of N; null takes the published ones, or where they do not divide N, the next smaller numbers that do.
  public var heads: [Int]?
  /// The side of the windows, 2 to 64.
  public var window = Defaults.window
  /// How many times as wide as N the inner features of an MLP are, 0.25 to 16.
  public var mlpRatio = 4.0

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
      + StageCheck.problems(depths: depths, heads: heads, window: window, ratio: mlpRatio, count: Defaults.depths.count)
  }

  /// The stages over N channels.
  func stages(_ channels: StatedNumber, context: BuildContext) throws(ConfigurationError) -> SwinStages {
    let widths = Defaults.depths.map { _ in channels.value }
    let heads = try StageCheck.heads(heads, published: Defaults.heads, widths: widths, context: context)
    return SwinStages(depths: depths, heads: heads, window: window, ratio: mlpRatio)
  }
}

/// What networks of stages check.
enum StageCheck {
  /// What is out of range.
  static func problems(
    depths: [Int], heads: [Int]?, window: Int, ratio: Double = 1, count: Int
  ) -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    for (key, list, limit) in [("depths", depths, 32), ("heads", heads ?? depths, 64)]
    where list.count != count || !list.allSatisfy({ 1...limit ~= $0 }) {
      found.append((key, "must be \(count) number\(count == 1 ? "" : "s") in 1 ... \(limit), found \(list)"))
    }
    if !(2...64 ~= window) { found.append(("window", "must be in 2 ... 64, found \(window)")) }
    if !(0.25...16 ~= ratio) { found.append(("mlpRatio", "must be in 0.25 ... 16, found \(ratio)")) }
    return found
  }

  /// Returns the heads of stages of `widths` channels: what is written, or the published numbers where they divide the channels.
  ///
  /// - Throws: `ConfigurationError` for what is written and does not divide them.
  static func heads(
    _ written: [Int]?, published: [Int], widths: [Int], context: BuildContext
  ) throws(ConfigurationError) -> [Int] {
    guard let written else { return zip(published, widths).map { AttentionHeads.fitting($0, channels: $1) } }
    for (heads, width) in zip(written, widths) where !width.isMultiple(of: heads) {
      throw ConfigurationError(
        mark: context.mark(of: "heads"), path: context.path(of: "heads"),
        "must divide the channels of their stages, \(widths), found \(written); lower them, or leave them out")
    }
    return written
  }
}

/// Those of the transforms of TIC.
public enum TICTransformDefaults: SwinNetworkDefaults {
  /// Two, four and six blocks.
  public static let depths = [2, 4, 6]
  /// 4, 8 and 16.
  public static let heads = [4, 8, 16]
  /// 8.
  public static let window = 8
}

/// Those of the hyper networks of TIC.
public enum TICHyperDefaults: SwinNetworkDefaults {
  /// Two blocks each.
  public static let depths = [2, 2]
  /// 16.
  public static let heads = [16, 16]
  /// 4.
  public static let window = 4
}
