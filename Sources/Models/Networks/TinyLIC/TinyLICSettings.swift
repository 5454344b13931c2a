public import Configuration

/// The settings of TinyLIC's encoder and decoder; null takes what the model says.
public struct NeighborhoodTransformSettings: ValidatedSettings {
  /// N, the channels at half of the sides; ⌊3·N/2⌋ and 2·N follow.
  public var channels: Int?
  /// M, the channels of the latent.
  public var expansionChannels: Int?
  /// The heads at each of the four scales, from the picture on, divisors of N, ⌊3·N/2⌋, 2·N and M; null takes 8, 12, 16 and 20, or the next lower
  /// divisors.
  public var heads: [Int]?
  /// The blocks of the transformer at each scale, 1 to 24.
  public var depths = NeighborhoodShape.transform.depths
  /// The side of a window, odd, 3 to 15.
  public var kernel = NeighborhoodShape.transform.kernel
  /// How many times as wide the layers over features are between, 0.25 to 8.
  public var ratio = NeighborhoodShape.transform.ratio

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)]) + shape.problems(scales: 4)
  }

  var shape: NeighborhoodShape {
    NeighborhoodShape(heads: heads ?? NeighborhoodShape.transform.heads, depths: depths, kernel: kernel, ratio: ratio)
  }
}

/// The settings of TinyLIC's hyper networks; null takes what the model says.
public struct NeighborhoodHyperSettings: ValidatedSettings {
  /// N; the second latent has ⌊3·N/2⌋ channels.
  public var channels: Int?
  /// M, the channels of the latent.
  public var expansionChannels: Int?
  /// The heads at both scales, from the latent on, divisors of ⌊3·N/2⌋; null takes 12 and 12, or the next lower divisors.
  public var heads: [Int]?
  /// The blocks of the transformer at both scales, 1 to 24.
  public var depths = NeighborhoodShape.hyper.depths
  /// The side of a window, odd, 3 to 15.
  public var kernel = NeighborhoodShape.hyper.kernel
  /// How many times as wide the layers over features are between, 0.25 to 8.
  public var ratio = NeighborhoodShape.hyper.ratio

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)]) + shape.problems(scales: 2)
  }

  var shape: NeighborhoodShape {
    NeighborhoodShape(heads: heads ?? NeighborhoodShape.hyper.heads, depths: depths, kernel: kernel, ratio: ratio)
  }
}

extension NeighborhoodShape {
  /// What is out of range.
  fileprivate func problems(scales: Int) -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    for (key, numbers, limit) in [("heads", heads, 64), ("depths", depths, 24)]
    where numbers.count != scales || !numbers.allSatisfy({ 1...limit ~= $0 }) {
      found.append((key, "must be \(scales) numbers in 1 ... \(limit), found \(numbers)"))
    }
    if kernel % 2 == 0 || !(3...15 ~= kernel) { found.append(("kernel", "must be an odd number in 3 ... 15, found \(kernel)")) }
    if !(0.25...8 ~= ratio) { found.append(("ratio", "must be in 0.25 ... 8, found \(ratio)")) }
    return found
  }
}
