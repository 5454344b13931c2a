/// Rows of 32-bit numbers in memory of their own.
final class FloatRows {
  let width: Int
  private let start: UnsafeMutablePointer<Float>

  /// Allocates rows of zeros.
  init(count: Int, width: Int) {
    self.width = width
    start = Self.allocate(count * width)
  }

  /// Creates one row of the given numbers and then zeros, `width` together.
  convenience init(_ values: [Float], width: Int) {
    self.init(count: 1, width: width)
    self[0].update(from: values, count: values.count)
  }

  /// Returns memory of `count` zeros, and of one at least, that begins with a line of the cache: no register is filled from two lines.
  static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    return memory.initializeMemory(as: Float.self, repeating: 0, count: max(count, 1))
  }

  deinit { start.deallocate() }

  /// Where a row begins.
  subscript(row: Int) -> UnsafeMutablePointer<Float> { start + row * width }

  /// Overwrites the first rows with one row of another of this width.
  func fill(_ rows: Range<Int>, with other: FloatRows) {
    for row in rows { self[row].update(from: other[0], count: width) }
  }
}
