public import Images

/// Exchanges left and right of some pictures.
public struct RandomHorizontalFlip: ImageTransform, Equatable {
  /// The probability of a flip.
  public let p: Double

  /// Creates the transform.
  ///
  /// - Throws: ``DatasetError`` when `p` is not in 0...1.
  public init(p: Double = 0.5) throws(DatasetError) {
    try DatasetError.checkProbability(p)
    self.p = p
  }

  /// Returns `image` or its mirror image.
  public func apply(_ image: Image, random: inout DeterministicRandom) -> Image {
    random.unit() < p ? image.flippedHorizontally() : image
  }
}
