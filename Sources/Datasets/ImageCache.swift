public import Images
import Synchronization

/// Decoded pictures kept in memory, so that a small training corpus is decoded once and not in every epoch.
///
/// Pictures are kept until the budget is full; none is ever dropped for another. Where every picture is asked for once per
/// epoch in random order, no rule of replacement would find more of them. One cache may serve several loaders.
public final class ImageCache: Sendable {
  /// The default budget: 1 GiB, for example about 900 pictures of 768×512 pixels.
  public static let defaultByteBudget = 1 << 30

  private struct Contents {
    var images: [String: Image] = [:]
    var bytes = 0
  }

  private let contents = Mutex(Contents())
  /// The most bytes of samples that are kept.
  public let byteBudget: Int

  /// Creates an empty cache; a budget of 0 keeps nothing.
  public init(byteBudget: Int = ImageCache.defaultByteBudget) { self.byteBudget = byteBudget }

  /// The bytes of samples that are kept now.
  public var byteCount: Int { contents.withLock { $0.bytes } }

  /// Returns the picture in the file at `path`, from memory where it is kept.
  ///
  /// - Throws: ``Images/ImageError`` when the file must be read and cannot be.
  public func image(at path: String) throws(ImageError) -> Image {
    if let image = contents.withLock({ $0.images[path] }) { return image }
    let image = try ImageFile.read(path)
    contents.withLock { contents in
      guard contents.images[path] == nil && image.pixels.count <= byteBudget - contents.bytes else { return }
      contents.images[path] = image
      contents.bytes += image.pixels.count
    }
    return image
  }
}
