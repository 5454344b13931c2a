public import Images

/// Makes the picture smaller or larger by a factor drawn anew each time.
///
/// The factor is uniform between two bounds; both sides are rounded to whole pixels. It is raised where the shorter side would else get smaller
/// than ``minimumSide``, but not above 1: a picture is never enlarged for that. Bicubic, averaging (`Image.resized`).
public struct RandomScale: ImageTransform, Equatable {
  /// The bounds of the factor.
  public let factors: ClosedRange<Double>
  /// The shortest side in pixels to which a picture is made smaller.
  public let minimumSide: Int

  /// Creates the transform.
  ///
  /// - Throws: ``DatasetError`` when a bound is not positive, above 16, or `minimumSide` is below 1.
  public init(factors: ClosedRange<Double> = 0.5...1, minimumSide: Int = 256) throws(DatasetError) {
    guard factors.lowerBound > 0 && factors.upperBound <= 16 else {
      throw DatasetError.setting(
        name: "the scale", value: "\(factors.lowerBound) to \(factors.upperBound)", allowed: "positive and at most 16")
    }
    guard minimumSide >= 1 else { throw DatasetError.setting(name: "minimum_side", value: "\(minimumSide)", allowed: "at least 1") }
    (self.factors, self.minimumSide) = (factors, minimumSide)
  }

  /// Returns `image` in another size.
  public func apply(_ image: Image, random: inout DeterministicRandom) -> Image {
    let drawn = factors.lowerBound + (factors.upperBound - factors.lowerBound) * random.unit()
    let factor = max(drawn, min(Double(minimumSide) / Double(min(image.width, image.height)), 1))
    func side(_ length: Int) -> Int { max(Int((Double(length) * factor).rounded()), 1) }
    return image.resized(width: side(image.width), height: side(image.height))
  }
}
