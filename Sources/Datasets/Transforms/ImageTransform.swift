public import Images

/// A change of a picture before it goes into a batch.
public protocol ImageTransform: Sendable {
  /// Returns the changed picture; whatever is random is drawn from `random`, which is the same for the same seed, step and sample.
  ///
  /// - Throws: ``PatchError`` when the picture is smaller than a patch to be cut from it, or an error of the transform's own.
  func apply(_ image: Image, random: inout DeterministicRandom) throws -> Image
}

/// A picture is smaller than the patch that is to be cut from it; the loader adds the name of the file.
public struct PatchError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number of columns of the picture.
  public let width: Int
  /// The number of rows of the picture.
  public let height: Int
  /// The side of the patch.
  public let patchSize: Int

  /// Creates the error for a picture and a patch.
  public init(width: Int, height: Int, patchSize: Int) {
    (self.width, self.height, self.patchSize) = (width, height, patchSize)
  }

  /// One sentence with the cause and the remedy.
  public var description: String {
    "a picture of \(width)×\(height) pixels is smaller than the patch of \(patchSize)×\(patchSize); take a smaller patch_size, or small_pictures: enlarge"
  }

  /// Refuses patches without a pixel.
  static func check(patchSize: Int) throws(DatasetError) {
    guard patchSize >= 1 else { throw DatasetError.setting(name: "patch_size", value: "\(patchSize)", allowed: "at least 1") }
  }
}
