import Testing

@testable import Layers

struct WindowGridTests {
  @Test(arguments: [
    (4, 0, 8, [0..<4, 4..<8]), (4, 0, 9, [0..<4, 4..<8, 8..<9]), (4, 2, 8, [0..<2, 2..<6, 6..<8]), (4, 2, 2, [0..<2]), (4, 2, 1, [0..<1]),
    (4, 3, 4, [0..<3, 3..<4]), (1, 0, 2, [0..<1, 1..<2]), (8, 4, 3, [0..<3]),
  ])
  func aSideIsCut(window: Int, shift: Int, side: Int, ranges: [Range<Int>]) {
    #expect(WindowGrid(window: window, shift: shift).ranges(of: side) == ranges)
  }

  @Test func windowsAndPairsAreCounted() {
    let grid = WindowGrid(window: 4, shift: 2)
    #expect(grid.count(height: 8, width: 2) == 3)
    #expect(grid.pairs(height: 8, width: 2) == (4 + 16 + 4) * 4)
  }
}
