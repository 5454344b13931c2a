/// Places of a latent at equal distances that are computed together: some of a row, or of rows one below the other.
struct PlaceLine {
  /// The first place.
  let (row, column): (Int, Int)
  /// From one place to the next.
  let (rowStep, columnStep): (Int, Int)
  let count: Int
  /// The latent's.
  let width: Int

  /// A whole row.
  static func row(_ row: Int, width: Int) -> PlaceLine {
    PlaceLine(row: row, column: 0, rowStep: 0, columnStep: 1, count: width, width: width)
  }

  /// How far a place must be to the left of the one in the row above for its taps to be known: the kernel reaches two places to the right.
  static let delay = SerialContext.reach + 1

  /// How many lines there are in ``diagonal(_:height:width:)``.
  static func diagonals(height: Int, width: Int) -> Int { height > 0 && width > 0 ? width + delay * (height - 1) : 0 }

  /// The most places that lie in one of them.
  static func longestDiagonal(height: Int, width: Int) -> Int { min(height, (width + delay - 1) / delay) }

  /// The places of which each needs only places of the lines before: one of each row, ``delay`` to the left of the one above.
  static func diagonal(_ number: Int, height: Int, width: Int) -> PlaceLine {
    let first = max(0, (number - width + delay) / delay)
    let last = min(height - 1, number / delay)
    return PlaceLine(row: first, column: number - delay * first, rowStep: 1, columnStep: -delay, count: last - first + 1, width: width)
  }

  /// From one place to the next, counted row by row.
  var stride: Int { rowStep * width + columnStep }

  /// The number of a place, counted row by row.
  func place(_ index: Int) -> Int { row * width + column + index * stride }

  /// The taps of a kernel's row above that lie inside of the latent.
  func taps(column: Int) -> Range<Int> {
    max(0, SerialContext.reach - column)..<min(ContextModel.kernel, width - column + SerialContext.reach)
  }

  /// Calls `body` for runs of places that have a property in common, in order.
  @inline(__always)
  func forRuns<Property: Equatable>(
    in range: Range<Int>? = nil, sharing property: (_ row: Int, _ column: Int) -> Property, do body: (Range<Int>, Property) -> Void
  ) {
    let range = range ?? 0..<count
    func found(_ index: Int) -> Property { property(row + index * rowStep, column + index * columnStep) }
    var start = range.lowerBound
    while start < range.upperBound {
      let common = found(start)
      var end = start + 1
      while end < range.upperBound, found(end) == common { end += 1 }
      body(start..<end, common)
      start = end
    }
  }
}
