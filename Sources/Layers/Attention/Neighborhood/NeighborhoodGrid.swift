/// Which places of a picture each place attends to: the k×k places around it, at the border the k×k places that are nearest.
///
/// Where a side of the picture is smaller than k, windows have that side and all places along it are seen.
struct NeighborhoodGrid {
  /// k, odd.
  let kernel: Int
  let height: Int
  let width: Int

  /// The rows and the columns of a window.
  var window: (rows: Int, columns: Int) { (min(kernel, height), min(kernel, width)) }

  /// The first place of the window of a place, along a side.
  private static func start(of place: Int, side: Int, kernel: Int) -> Int { max(0, min(place - kernel / 2, side - min(kernel, side))) }

  /// Returns for each of some places and each place of its window where that lies in the picture, and the number of its bias.
  func neighbours(of places: Range<Int>) -> (places: [Int64], relations: [Int64]) {
    let (window, span) = (window, 2 * kernel - 1)
    var (found, relations): ([Int64], [Int64]) = ([], [])
    found.reserveCapacity(places.count * window.rows * window.columns)
    relations.reserveCapacity(found.capacity)
    for place in places {
      let (row, column) = (place / width, place % width)
      let (top, left) = (Self.start(of: row, side: height, kernel: kernel), Self.start(of: column, side: width, kernel: kernel))
      for down in top..<top + window.rows {
        for right in left..<left + window.columns {
          found.append(Int64(down * width + right))
          relations.append(Int64((down - row + kernel - 1) * span + right - column + kernel - 1))
        }
      }
    }
    return (found, relations)
  }
}
