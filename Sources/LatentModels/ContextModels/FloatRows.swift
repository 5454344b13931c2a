/// Rows of 32-bit numbers in memory of their own.
final class FloatRows {
  let width: Int
  private let numbers: UnsafeMutableBufferPointer<Float>
  private let start: UnsafeMutablePointer<Float>

  /// Allocates rows of zeros; there is always room for one number.
  init(count: Int, width: Int) {
    self.width = width
    start = .allocate(capacity: max(count * width, 1))
    numbers = UnsafeMutableBufferPointer(start: start, count: count * width)
    numbers.initialize(repeating: 0)
  }

  deinit { start.deallocate() }

  /// Where a row begins.
  subscript(row: Int) -> UnsafeMutablePointer<Float> { start + row * width }

  /// Overwrites a row with other numbers of its width.
  func set(_ row: Int, to values: [Float]) { self[row].update(from: values, count: width) }
}
