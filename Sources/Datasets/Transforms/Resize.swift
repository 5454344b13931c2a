public import Images

/// Brings the shorter side of every picture to one length; the other side follows, rounded to whole pixels.
///
/// Bicubic, averaging (`Image.resized`).
public struct Resize: ImageTransform, Equatable {
  /// The length of the shorter side in pixels.
  public let shorterSide: Int
  /// Whether pictures that are smaller stay as they are.
  public let onlyReduces: Bool

  /// Creates the transform.
  ///
  /// - Throws: ``DatasetError`` when `shorterSide` is not in 1...16384.
  public init(shorterSide: Int = 512, onlyReduces: Bool = true) throws(DatasetError) {
    guard 1...16384 ~= shorterSide else {
      throw DatasetError.setting(name: "shorter_side", value: "\(shorterSide)", allowed: "between 1 and 16384")
    }
    (self.shorterSide, self.onlyReduces) = (shorterSide, onlyReduces)
  }

  /// Returns `image` in another size.
  public func apply(_ image: Image, random: inout DeterministicRandom) -> Image {
    let shorter = min(image.width, image.height)
    if onlyReduces && shorter <= shorterSide { return image }
    func side(_ length: Int) -> Int { max(Int((Double(length) * Double(shorterSide) / Double(shorter)).rounded()), 1) }
    return image.resized(width: side(image.width), height: side(image.height))
  }
}
