public import Images

/// Cutting a picture into tiles.
public enum ImageTiles {
  /// Returns as many squares of `side` pixels as fit beside each other, from the middle of the picture, row by row, each with the column and row
  /// of its upper left corner; none when the picture is smaller.
  ///
  /// - Precondition: `side` is at least 1.
  public static func cut(_ image: Image, side: Int) -> [(x: Int, y: Int, image: Image)] {
    precondition(side >= 1, "a tile has at least one pixel")
    let (columns, rows) = (image.width / side, image.height / side)
    let (left, top) = ((image.width - columns * side) / 2, (image.height - rows * side) / 2)
    var tiles: [(x: Int, y: Int, image: Image)] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let (x, y) = (left + column * side, top + row * side)
        tiles.append((x, y, image.cropped(x: x, y: y, width: side, height: side)))
      }
    }
    return tiles
  }
}
