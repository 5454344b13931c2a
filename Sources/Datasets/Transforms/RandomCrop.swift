public import Images

/// Cuts a square patch from anywhere, every place equally likely.
public struct RandomCrop: ImageTransform, Equatable {
  /// The side of the patch in pixels.
  public let patchSize: Int
  /// What becomes of pictures that are smaller.
  public let smallPictures: SmallPictures

  /// Creates the transform.
  ///
  /// - Throws: ``DatasetError`` when `patchSize` is below 1.
  public init(patchSize: Int = 256, smallPictures: SmallPictures = .refuse) throws(DatasetError) {
    try PatchError.check(patchSize: patchSize)
    self.patchSize = patchSize
    self.smallPictures = smallPictures
  }

  /// Returns a part of `image`.
  ///
  /// - Throws: ``PatchError`` when it is smaller than the patch and is not to be enlarged.
  public func apply(_ image: Image, random: inout DeterministicRandom) throws(PatchError) -> Image {
    let image = try smallPictures.prepared(image, patchSize: patchSize)
    let x = random.integer(below: image.width - patchSize + 1)
    let y = random.integer(below: image.height - patchSize + 1)
    return image.cropped(x: x, y: y, width: patchSize, height: patchSize)
  }
}
