public import Images

/// Cuts a square patch from the middle.
///
/// The first row is (height − patch)/2 and the first column (width − patch)/2; halves are rounded to the even neighbour,
/// as torchvision's `CenterCrop` does. A picture that is smaller torchvision would pad with black; here ``SmallPictures`` says what becomes of it.
public struct CenterCrop: ImageTransform, Equatable {
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

  /// Returns the middle of `image`.
  ///
  /// - Throws: ``PatchError`` when it is smaller than the patch and is not to be enlarged.
  public func apply(_ image: Image, random: inout DeterministicRandom) throws(PatchError) -> Image {
    let image = try smallPictures.prepared(image, patchSize: patchSize)
    return image.cropped(
      x: Self.half(image.width - patchSize), y: Self.half(image.height - patchSize), width: patchSize, height: patchSize)
  }

  /// Returns n/2 with halves to the even neighbour, for n = 0, 1, 2, …: 0, 0, 1, 2, 2, 2, 3, 4.
  private static func half(_ number: Int) -> Int { number / 2 + (number % 4 == 3 ? 1 : 0) }
}
