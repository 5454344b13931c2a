public import Images

/// Leaves the picture as it is.
public struct NoCrop: ImageTransform, Equatable {
  /// Creates the transform.
  public init() {}

  /// Returns `image`.
  public func apply(_ image: Image, random: inout DeterministicRandom) -> Image { image }
}
