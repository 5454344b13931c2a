public import Images

/// Several transforms one after the other, drawing from one sequence of random numbers.
public struct Compose: ImageTransform {
  /// The transforms in the order in which they are applied.
  public let transforms: [any ImageTransform]

  /// Creates the chain; an empty one changes nothing.
  public init(_ transforms: [any ImageTransform]) { self.transforms = transforms }

  /// Returns what the last transform makes of `image`.
  ///
  /// - Throws: what one of the transforms throws.
  public func apply(_ image: Image, random: inout DeterministicRandom) throws -> Image {
    var image = image
    for transform in transforms { image = try transform.apply(image, random: &random) }
    return image
  }
}
