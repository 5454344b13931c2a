/// What the blocks of attention within windows have in common.
public struct SwinShape: Sendable, Equatable {
  /// The heads of the attention, a divisor of the channels.
  public let heads: Int
  /// The side of a window.
  public let window: Int
  /// How many times as wide the inner features of the MLP are.
  public let ratio: Double
  /// How many blocks follow each other; every other one has moved windows.
  public let depth: Int

  /// Creates a shape.
  public init(heads: Int, window: Int, ratio: Double = 4, depth: Int = 2) {
    (self.heads, self.window, self.ratio, self.depth) = (heads, window, ratio, depth)
  }

  /// The grid of block `number`: that of every other block is moved by half a window, which a window of one place cannot be.
  func grid(of number: Int) -> WindowGrid { WindowGrid(window: window, shift: number.isMultiple(of: 2) ? 0 : window / 2) }
}
