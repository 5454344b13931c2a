/// A picture of 8-bit RGB samples in memory.
///
/// The sample of row y, column x and colour c (0 red, 1 green, 2 blue) is `pixels[(y * width + x) * 3 + c]`.
public struct Image: Sendable, Equatable {
  /// The number of columns, at least 1.
  public let width: Int
  /// The number of rows, at least 1.
  public let height: Int
  /// The samples, interleaved RGB, shape [height, width, 3], range 0...255.
  public let pixels: [UInt8]

  /// Creates a picture from its samples.
  ///
  /// - Precondition: `width` and `height` are at least 1 and `pixels` holds `width * height * 3` samples.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width >= 1 && height >= 1, "a picture has at least one pixel")
    precondition(pixels.count == width * height * 3, "a picture has three samples per pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Returns the part of `width` × `height` pixels whose upper left corner is at column `x` and row `y`.
  ///
  /// - Precondition: the part lies inside the picture and has at least one pixel.
  public func cropped(x: Int, y: Int, width: Int, height: Int) -> Image {
    precondition(x >= 0 && y >= 0 && width >= 1 && height >= 1, "a crop has at least one pixel and starts inside the picture")
    precondition(x <= self.width - width && y <= self.height - height, "a crop lies inside the picture")
    if width == self.width && height == self.height { return self }
    var part: [UInt8] = []
    part.reserveCapacity(width * height * 3)
    for row in y..<(y + height) {
      let start = (row * self.width + x) * 3
      part.append(contentsOf: pixels[start..<(start + width * 3)])
    }
    return Image(width: width, height: height, pixels: part)
  }

  /// Returns the picture with left and right exchanged.
  public func flippedHorizontally() -> Image { rearranged(by: .mirrored) }

  /// Returns the picture with top and bottom exchanged.
  public func flippedVertically() -> Image { rearranged(by: .flipped) }
}
