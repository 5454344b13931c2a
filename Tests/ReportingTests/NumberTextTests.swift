import Reporting
import Testing

@Suite struct NumberTextTests {
  static let fixed: [(Double?, Int, String)] = [
    (1.005, 2, "1.00"), (2.5, 0, "2"), (0.125, 2, "0.12"), (-1.25, 3, "-1.250"), (1e20, 1, "100000000000000000000.0"), (nil, 2, "–"),
    (.infinity, 2, "inf"), (-.infinity, 2, "-inf"),
  ]

  @Test(arguments: fixed)
  func roundsCorrectly(_ value: Double?, _ decimals: Int, _ expected: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == expected)
  }

  @Test(arguments: [(1.5, "+1.5"), (-1.5, "-1.5"), (0, "0.0")])
  func signed(_ value: Double, _ expected: String) {
    #expect(NumberText.signed(value, decimals: 1) == expected)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808")])
  func grouped(_ value: Int, _ expected: String) {
    #expect(NumberText.grouped(value) == expected)
  }

  static let durations: [(Double?, String)] = [
    (0, "0.0s"), (0.42, "0.4s"), (9.94, "9.9s"), (9.96, "10s"), (59.4, "59s"), (59.6, "1m 00s"), (725, "12m 05s"), (3599.6, "1h 00m"),
    (3720, "1h 02m"), (86399, "23h 59m"), (86400, "1d 00h"), (273_600, "3d 04h"), (nil, "–"), (-1, "–"), (.infinity, "–"), (.nan, "–"),
  ]

  @Test(arguments: durations)
  func durationsReadAsPeopleSayThem(_ seconds: Double?, _ expected: String) {
    #expect(NumberText.duration(seconds) == expected)
  }
}
