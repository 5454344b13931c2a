public import Configuration
public import Registry

/// The settings of `transform.RandomCrop` and `transform.CenterCrop`.
public struct PatchTransformSettings: ValidatedSettings {
  /// The side of the patch in pixels, at least 1.
  public var patchSize = 256
  /// What becomes of pictures that are smaller than the patch.
  public var smallPictures = SmallPictures.refuse

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    patchSize >= 1 ? [] : [("patchSize", "must be positive, found \(patchSize)")]
  }
}

/// The settings of `transform.RandomScaledCrop`.
public struct ScaledCropSettings: ValidatedSettings {
  /// The side of the patch in pixels, at least 1.
  public var patchSize = 256
  /// The smallest factor of reduction, 0.01 to 1: a square of patch_size/0.6 becomes the patch.
  public var minScale = 0.6
  /// The largest factor, from min_scale to 1; 1 cuts without resampling.
  public var maxScale = 1.0
  /// What becomes of pictures that are smaller than the patch.
  public var smallPictures = SmallPictures.refuse

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let wrong = patchSize >= 1 ? [] : [("patchSize", "must be positive, found \(patchSize)")]
    return wrong + ScaleBounds.problems(minScale, maxScale, within: 0.01...1)
  }
}

/// The settings of `transform.RandomScale`.
public struct ScaleSettings: ValidatedSettings {
  /// The smallest factor, 0.01 to 16.
  public var minScale = 0.5
  /// The largest factor, from min_scale to 16.
  public var maxScale = 1.0
  /// The shortest side in pixels to which a picture is made smaller, at least 1; the patch that is cut afterwards should fit into it.
  public var minimumSide = 256

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let wrong = minimumSide >= 1 ? [] : [("minimumSide", "must be positive, found \(minimumSide)")]
    return wrong + ScaleBounds.problems(minScale, maxScale, within: 0.01...16)
  }
}

/// What the settings of scales check.
enum ScaleBounds {
  static func problems(_ least: Double, _ largest: Double, within range: ClosedRange<Double>) -> [(key: String, sentence: String)] {
    let (low, high) = (range.lowerBound, Int(range.upperBound))
    if !range.contains(least) { return [("minScale", "must be in \(low) ... \(high), found \(least)")] }
    if !range.contains(largest) { return [("maxScale", "must be in \(low) ... \(high), found \(largest)")] }
    return least <= largest ? [] : [("maxScale", "must be at least min_scale, \(least), found \(largest)")]
  }
}

/// The settings of `transform.Resize`.
public struct ResizeSettings: ValidatedSettings {
  /// The length of the shorter side in pixels, 1 to 16384.
  public var shorterSide = 512
  /// Whether pictures that are smaller stay as they are.
  public var onlyReduces = true

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    1...16384 ~= shorterSide ? [] : [("shorterSide", "must be in 1 ... 16384, found \(shorterSide)")]
  }
}

/// The settings of `transform.RandomHorizontalFlip` and `transform.RandomVerticalFlip`.
public struct FlipSettings: ValidatedSettings {
  /// The probability that a picture is flipped, 0 to 1.
  public var p = 0.5

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { 0...1 ~= p ? [] : [("p", "must be in 0 ... 1, found \(p)")] }
}

/// The settings of `transform.Compose`.
public struct ComposeSettings: Settings {
  /// The transforms in the order in which they are applied; an empty list leaves pictures as they are.
  public var transforms: [Component<TransformKind>] = []

  /// Creates the defaults.
  public init() {}
}
