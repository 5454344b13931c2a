import Images

/// Photographs side by side, as many as a large picture takes.
enum Mosaic {
  /// Returns a picture of any size whose places are filled with photographs one after the other, those of every second column and row mirrored; the
  /// last ones are cut.
  ///
  /// - Parameters:
  ///   - count: the number of photographs, at least 1.
  ///   - photograph: returns one of them; places have the size of the first, to which the others are cut or, where they are smaller, repeated.
  static func picture(width: Int, height: Int, count: Int, photograph: (Int) throws -> Image) rethrows -> Image {
    let first = try photograph(0)
    let (cellWidth, cellHeight) = (first.width, first.height)
    let columns = (width + cellWidth - 1) / cellWidth
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    try pixels.withUnsafeMutableBufferPointer { target in
      for row in 0..<(height + cellHeight - 1) / cellHeight {
        for column in 0..<columns {
          var part = try photograph((row * columns + column) % count)
          if !column.isMultiple(of: 2) { part = part.flippedHorizontally() }
          if !row.isMultiple(of: 2) { part = part.flippedVertically() }
          let (left, top) = (column * cellWidth, row * cellHeight)
          part.pixels.withUnsafeBufferPointer { source in
            for y in top..<min(top + cellHeight, height) {
              let line = (y - top) % part.height * part.width * 3
              for x in left..<min(left + cellWidth, width) {
                let place = line + (x - left) % part.width * 3
                for colour in 0..<3 { target[(y * width + x) * 3 + colour] = source[place + colour] }
              }
            }
          }
        }
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
