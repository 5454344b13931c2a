import Testing

@testable import Reporting

@Suite struct AxisTicksTests {
  static let cases: [(Double, Double, [String])] = [
    (0, 1.05, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2"]), (26.2, 39.6, ["26", "28", "30", "32", "34", "36", "38", "40"]),
    (0, 0.07, ["0.00", "0.01", "0.02", "0.03", "0.04", "0.05", "0.06", "0.07"]), (-1, 1, ["-1.0", "-0.5", "0.0", "0.5", "1.0"]),
    (0, 800, ["0", "100", "200", "300", "400", "500", "600", "700", "800"]),
  ]

  @Test(arguments: cases)
  func marksAreRound(_ lowest: Double, _ highest: Double, _ expected: [String]) {
    let ticks = AxisTicks(lowest: lowest, highest: highest, count: 8)
    #expect(ticks.values.map(ticks.label) == expected)
  }

  @Test(arguments: [(0.0, 1e-9), (-3e5, 7e8), (29.999, 30.001), (5, 5), (0, 0), (-2, -2)])
  func theAxisCoversItsValues(_ lowest: Double, _ highest: Double) {
    let ticks = AxisTicks(lowest: lowest, highest: highest, count: 8)
    #expect(ticks.lower <= lowest + ticks.step * 1e-5 && highest <= ticks.upper + ticks.step * 1e-5)
    #expect((2...12).contains(ticks.values.count))
  }
}
