public import Images

/// Cuts a square from anywhere and makes it smaller, to a patch of one size: a random scale and a random crop in one.
///
/// The preprocessing of Flickr2W in Liu et al. 2020, "A Unified End-to-End Framework for Efficient Deep Image Compression", whose script
/// draws a factor f uniform in 0.6...1, cuts a square of side patch/f and reduces it to the patch (bicubic). Here it is drawn anew at every step,
/// where the script writes patches once. The square is never larger than the picture. Only the square is resampled, so that large pictures
/// cost no more than small ones.
public struct RandomScaledCrop: ImageTransform, Equatable {
  /// The side of the patch in pixels.
  public let patchSize: Int
  /// The bounds of the factor.
  public let factors: ClosedRange<Double>
  /// What becomes of pictures that are smaller than the patch.
  public let smallPictures: SmallPictures

  /// Creates the transform.
  ///
  /// - Throws: ``DatasetError`` when `patchSize` is below 1 or the factors are not in 0.01...1.
  public init(patchSize: Int = 256, factors: ClosedRange<Double> = 0.6...1, smallPictures: SmallPictures = .refuse) throws(DatasetError) {
    try PatchError.check(patchSize: patchSize)
    guard factors.lowerBound >= 0.01 && factors.upperBound <= 1 else {
      throw DatasetError.setting(
        name: "the scale", value: "\(factors.lowerBound) to \(factors.upperBound)", allowed: "between 0.01 and 1")
    }
    (self.patchSize, self.factors, self.smallPictures) = (patchSize, factors, smallPictures)
  }

  /// Returns a part of `image`, reduced to the patch.
  ///
  /// - Throws: ``PatchError`` when it is smaller than the patch and is not to be enlarged.
  public func apply(_ image: Image, random: inout DeterministicRandom) throws(PatchError) -> Image {
    let image = try smallPictures.prepared(image, patchSize: patchSize)
    let factor = factors.lowerBound + (factors.upperBound - factors.lowerBound) * random.unit()
    let side = min(Int((Double(patchSize) / factor).rounded()), image.width, image.height)
    let x = random.integer(below: image.width - side + 1)
    let y = random.integer(below: image.height - side + 1)
    return image.cropped(x: x, y: y, width: side, height: side).resized(width: patchSize, height: patchSize)
  }
}
