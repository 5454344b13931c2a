import Images

/// A picture that is written part by part.
struct PictureCanvas {
  let width: Int
  let height: Int
  private var pixels: [UInt8]

  /// Begins a black picture.
  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    pixels = [UInt8](repeating: 0, count: width * height * 3)
  }

  /// Overwrites a part.
  ///
  /// - Parameters:
  ///   - samples: interleaved RGB of rows of `width` pixels.
  ///   - x: the column of the part's left edge.
  ///   - y: the row of its upper edge.
  mutating func write(_ samples: [UInt8], x: Int, y: Int, width: Int) {
    precondition(x >= 0 && y >= 0 && x + width <= self.width && samples.count % (3 * width) == 0, "a part is rows inside the picture")
    let rows = samples.count / (3 * width)
    precondition(y + rows <= height, "a part lies inside the picture")
    for row in 0..<rows {
      let start = ((y + row) * self.width + x) * 3
      pixels.replaceSubrange(start..<start + 3 * width, with: samples[row * 3 * width..<(row + 1) * 3 * width])
    }
  }

  /// The picture.
  var image: Image { Image(width: width, height: height, pixels: pixels) }
}

extension Image {
  /// Returns the samples of rows and columns of the picture with a padding of zeros, interleaved RGB, without the padding.
  ///
  /// - Parameters:
  ///   - rows: rows of the padded picture.
  ///   - columns: columns of the padded picture.
  ///   - left: the columns of padding on the left.
  ///   - top: the rows of padding above.
  /// - Returns: the part that is no padding, nil where there is none, and where it begins in the rows and columns.
  func part(rows: Range<Int>, columns: Range<Int>, left: Int, top: Int) -> (image: Image, x: Int, y: Int)? {
    let seenRows = rows.moved(by: -top).clamped(to: 0..<height)
    let seenColumns = columns.moved(by: -left).clamped(to: 0..<width)
    guard !seenRows.isEmpty, !seenColumns.isEmpty else { return nil }
    let image = cropped(x: seenColumns.lowerBound, y: seenRows.lowerBound, width: seenColumns.count, height: seenRows.count)
    return (image, seenColumns.lowerBound + left - columns.lowerBound, seenRows.lowerBound + top - rows.lowerBound)
  }
}
