import Testing

@testable import Training

/// Numbers at sizes that nobody has measured.
struct GrowthTests {
  private static let pixels = [100, 400, 600]

  /// A number that grows with the pixels: a + b·n + c·n² + d·√n.
  struct Case: Sendable {
    let numbers: [Double]
    let kind: Growth.Kind

    func value(_ count: Int) -> Double {
      let pixels = Double(count)
      return numbers[0] + numbers[1] * pixels + numbers[2] * pixels * pixels + numbers[3] * pixels.squareRoot()
    }
  }

  @Test(arguments: [
    Case(numbers: [0, 3, 0, 0], kind: .proportional), Case(numbers: [50, 3, 0, 0], kind: .proportional),
    Case(numbers: [0, 2, 0.01, 0], kind: .quadratic), Case(numbers: [0, 0, 0, 1], kind: .other),
  ])
  func kinds(example: Case) {
    let growth = Growth(pixels: Self.pixels, values: Self.pixels.map { example.value($0) })
    #expect(growth.kind == example.kind)
    guard example.kind != .other else { return }
    for count in [50, 400, 10_000] { #expect(abs(growth.value(at: count) / example.value(count) - 1) < 1e-9, "\(count)") }
  }

  @Test func theLastTwoSizesCount() {
    // The largest of 1000 and n: below 1000 pixels another part of the pass takes most.
    let growth = Growth(pixels: [500, 2000, 3000], values: [1000, 2000, 3000], tolerance: .infinity)
    #expect(growth.value(at: 9000) == 9000)
  }

  private static let shapes: [([Int], Int?)] = [
    ([1, 1, 1], 1), ([8, 16, 16], 96), ([8, 16, 24], 128), ([64, 256, 384], 96 * 128), ([7, 15, 15], nil), ([8, 8, 9], nil),
  ]

  @Test(arguments: shapes)
  func extents(values: [Int], expected: Int?) {
    let sizes = [(height: 64, width: 64), (128, 128), (128, 192)]
    #expect(Growth.extent(values, of: sizes, at: (height: 768, width: 1024)) == expected)
  }
}
