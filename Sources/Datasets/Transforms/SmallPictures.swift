import Images

/// What becomes of pictures that are smaller than the patch which is to be cut from them; all transforms that cut have this one rule.
public enum SmallPictures: String, Codable, Sendable, CaseIterable {
  /// They are an error.
  case refuse
  /// They are enlarged (bicubic, same shape) until the shorter side is that of the patch.
  case enlarge

  /// Returns `image`, enlarged where it is too small and that is the rule.
  ///
  /// - Throws: ``PatchError`` where it is too small and that is not the rule.
  func prepared(_ image: Image, patchSize: Int) throws(PatchError) -> Image {
    let shorter = min(image.width, image.height)
    if shorter >= patchSize { return image }
    switch self {
    case .refuse: throw PatchError(width: image.width, height: image.height, patchSize: patchSize)
    case .enlarge:
      let factor = Double(patchSize) / Double(shorter)
      func side(_ length: Int) -> Int { max(Int((Double(length) * factor).rounded()), patchSize) }
      return image.resized(width: side(image.width), height: side(image.height))
    }
  }
}
