import EntropyCoding
import Testing

@testable import LatentModels

/// The search of single scales against a count.
struct ScaleRowsTests {
  static let tables: [(boundaries: [Float], bound: Float)] = [
    (Array(GaussianTables.defaultScales.dropLast()), 0.11),
    ([], 0.11), ([1], 0.11), ([1], 0), ([0.5, 1, 2], -1), ([0x1p-140, 0x1p-126, 1, 3e38], 0),
    // Many in one bucket, and neighbours.
    ((0..<300).map { 1 + Float($0) * 1e-5 }, 0.5),
    ([1, Float(1).nextUp, Float(1).nextUp.nextUp], 0.11),
  ]

  @Test(arguments: tables)
  func rowsAreCounts(boundaries: [Float], bound: Float) {
    let rows = ScaleRows(boundaries: boundaries, bound: bound)
    var scales: [Float] = [
      0, -0.0, -1, 0.11, 1, 1e30, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity, .nan, -.nan,
    ]
    for number in boundaries + [bound] { scales += [number.nextDown, number, number.nextUp] }
    var number: Float = 1e-6
    while number < 1e6 {
      scales += [number, -number]
      number *= 1.01
    }
    for scale in scales {
      let bounded = scale < bound ? bound : scale
      let expected = boundaries.count { !($0 >= bounded) }
      #expect(rows.row(of: scale) == expected, "\(scale)")
    }
  }

  @Test func rowsAreThoseOfTheTables() throws {
    let tables = try GaussianTables()
    let rows = ScaleRows(boundaries: Array(tables.scales.dropLast()), bound: 0.11)
    for scale in stride(from: Float(0), to: 300, by: 0.037) { #expect(rows.row(of: scale) == tables.index(ofScale: scale)) }
  }
}
