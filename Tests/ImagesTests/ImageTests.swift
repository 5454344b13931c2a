import Testing

@testable import Images

@Suite struct ImageTests {
  /// One row per number, each pixel (n, n, n).
  private func grey(_ rows: [[UInt8]]) -> Image {
    Image(width: rows[0].count, height: rows.count, pixels: rows.flatMap { $0.flatMap { [$0, $0, $0] } })
  }

  @Test func cropsAPart() {
    let image = grey([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    #expect(image.cropped(x: 1, y: 1, width: 2, height: 2) == grey([[5, 6], [8, 9]]))
    #expect(image.cropped(x: 0, y: 2, width: 3, height: 1) == grey([[7, 8, 9]]))
    #expect(image.cropped(x: 0, y: 0, width: 3, height: 3) == image)
  }

  @Test func flipsEveryColour() {
    let image = Image(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
    #expect(image.flippedHorizontally() == Image(width: 2, height: 1, pixels: [4, 5, 6, 1, 2, 3]))
  }

  @Test(
    arguments: [
      (1, [[1, 2, 3], [4, 5, 6]]), (2, [[3, 2, 1], [6, 5, 4]]), (3, [[6, 5, 4], [3, 2, 1]]), (4, [[4, 5, 6], [1, 2, 3]]),
      (5, [[1, 4], [2, 5], [3, 6]]), (6, [[4, 1], [5, 2], [6, 3]]), (7, [[6, 3], [5, 2], [4, 1]]), (8, [[3, 6], [2, 5], [1, 4]]),
    ] as [(Int, [[UInt8]])])
  func turnsAsEXIFSays(number: Int, expected: [[UInt8]]) throws {
    let orientation = try #require(Orientation(rawValue: number))
    #expect(grey([[1, 2, 3], [4, 5, 6]]).rearranged(by: orientation) == grey(expected))
  }
}
