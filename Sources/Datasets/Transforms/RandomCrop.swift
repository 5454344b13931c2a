public import Images

/// Cuts a square patch from anywhere, every place equally likely.
public struct RandomCrop: ImageTransform, Equatable {
  /// What a configuration says about this transform.
  public typealias Settings = PatchSettings

  /// The side of the patch in pixels.
  public let patchSize: Int

  /// Creates the transform.
  ///
  /// - Throws: ``DatasetError`` when `patchSize` is below 1.
  public init(patchSize: Int = Settings().patchSize) throws(DatasetError) {
    try Settings.check(patchSize)
    self.patchSize = patchSize
  }

  /// Returns a part of `image`.
  ///
  /// - Throws: ``PatchError`` when it is smaller than the patch.
  public func apply(_ image: Image, random: inout DeterministicRandom) throws(PatchError) -> Image {
    try PatchError.check(image, patchSize: patchSize)
    let x = random.integer(below: image.width - patchSize + 1)
    let y = random.integer(below: image.height - patchSize + 1)
    return image.cropped(x: x, y: y, width: patchSize, height: patchSize)
  }
}
