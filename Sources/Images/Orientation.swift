/// The eight ways in which a camera may have been held, as EXIF numbers them (tag 0x0112).
///
/// The name says what must be done to the stored samples to see the picture upright.
enum Orientation: Int, CaseIterable {
  case upright = 1
  case mirrored = 2
  case turnedHalf = 3
  case flipped = 4
  case transposed = 5
  case turnedClockwise = 6
  case transversed = 7
  case turnedCounterclockwise = 8

  /// Whether width and height change places.
  var exchangesSides: Bool { rawValue >= 5 }
}

extension Image {
  /// Returns the picture with its samples moved as `orientation` says.
  func rearranged(by orientation: Orientation) -> Image {
    if orientation == .upright { return self }
    let newWidth = orientation.exchangesSides ? height : width
    let newHeight = orientation.exchangesSides ? width : height
    // The source pixel of (x, y) is origin + x * stepX + y * stepY, counted in pixels.
    let (right, down, last) = (1, width, width * height - 1)
    let (origin, stepX, stepY) =
      switch orientation {
      case .upright: (0, right, down)
      case .mirrored: (width - 1, -right, down)
      case .turnedHalf: (last, -right, -down)
      case .flipped: (last - (width - 1), right, -down)
      case .transposed: (0, down, right)
      case .turnedClockwise: (last - (width - 1), -down, right)
      case .transversed: (last, -down, -right)
      case .turnedCounterclockwise: (width - 1, down, -right)
      }
    let moved = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      pixels.withUnsafeBufferPointer { source in
        var written = 0
        for y in 0..<newHeight {
          var from = (origin + y * stepY) * 3
          for _ in 0..<newWidth {
            target[written] = source[from]
            target[written + 1] = source[from + 1]
            target[written + 2] = source[from + 2]
            written += 3
            from += stepX * 3
          }
        }
      }
      count = pixels.count
    }
    return Image(width: newWidth, height: newHeight, pixels: moved)
  }
}
