/// How a picture is cut into square windows: from its upper left corner on, or with smaller windows first, so that the others are moved.
///
/// Windows at the border hold what is inside of the picture alone. For sides that are multiples of the window, that is what Liu et al., "Swin transformer:
/// hierarchical vision transformer using shifted windows", ICCV 2021, section 3.2, compute by a cyclic shift with a mask; for others, what is padded there
/// takes no part here.
package struct WindowGrid: Sendable, Equatable {
  /// The side of a window, w.
  package let window: Int
  /// The side of the first windows where the others are moved, 1 to w − 1; 0 for none.
  package let shift: Int

  /// Creates a grid.
  package init(window: Int, shift: Int = 0) {
    precondition(window >= 1 && 0..<window ~= shift, "a window is moved by less than its side")
    (self.window, self.shift) = (window, shift)
  }

  /// The ranges of a side's places that the windows hold, one after the other.
  package func ranges(of side: Int) -> [Range<Int>] {
    let starts = (shift > 0 ? [0] : []) + Array(stride(from: shift, to: side, by: window))
    return zip(starts, starts.dropFirst() + [side]).compactMap { $0 < min($1, side) ? $0..<min($1, side) : nil }
  }

  /// The number of windows of a picture.
  package func count(height: Int, width: Int) -> Int { ranges(of: height).count * ranges(of: width).count }

  /// The pairs of places of all windows, which is the number of scores of one head.
  package func pairs(height: Int, width: Int) -> Int {
    func squares(_ side: Int) -> Int { ranges(of: side).reduce(0) { $0 + $1.count * $1.count } }
    return squares(height) * squares(width)
  }
}
