import Images
import Testing

@testable import Codecs

struct TileGridTests {
  /// Every small case: cores cover the side once and in order, and parts hold their core and the overlap, inside of the side.
  @Test func partsCoverTheSide() {
    for length in 1...17 {
      for core in 1...19 {
        for overlap in 0...5 {
          let tiles = TileGrid(length: length, core: core, overlap: overlap).tiles
          #expect(tiles.flatMap { Array($0.core) } == Array(0..<length))
          for tile in tiles {
            #expect(tile.core.count <= core)
            #expect(tile.whole == max(tile.core.lowerBound - overlap, 0)..<min(tile.core.upperBound + overlap, length))
            #expect(tile.whole.lowerBound + tile.lead == tile.core.lowerBound)
          }
        }
      }
    }
  }

  /// Pictures come back from parts of a padded picture.
  @Test(arguments: [(1, 1), (5, 3), (16, 7), (13, 29)])
  func partsOfAPictureMakeItAgain(width: Int, height: Int) {
    let image = testImage(width, height)
    let (left, top) = (3, 9)
    var canvas = PictureCanvas(width: width, height: height)
    for rows in TileGrid(length: height + 20, core: 4, overlap: 0).tiles {
      for columns in TileGrid(length: width + 11, core: 6, overlap: 0).tiles {
        guard let part = image.part(rows: rows.core, columns: columns.core, left: left, top: top) else {
          #expect(
            rows.core.upperBound <= top || rows.core.lowerBound >= top + height || columns.core.upperBound <= left
              || columns.core.lowerBound >= left + width)
          continue
        }
        #expect(part.x + part.image.width <= columns.core.count && part.y + part.image.height <= rows.core.count)
        let (x, y) = (columns.core.lowerBound + part.x - left, rows.core.lowerBound + part.y - top)
        canvas.write(part.image.pixels, x: x, y: y, width: part.image.width)
      }
    }
    #expect(canvas.image == image)
  }
}
