import Testing

@testable import Results

@Suite struct PiecewiseCubicTests {
  struct Case: Sendable {
    let name: String
    let x: [Double]
    let y: [Double]
    let places: [Double]
    let range: ClosedRange<Double>
    /// Values at the places and then the integral over the range, of SciPy and NumPy.
    let pchip: [Double]
    let akima: [Double]
    let cubic: [Double]
  }

  static let cases = [
    Case(
      name: "smooth", x: [0, 1, 2.5, 4, 6], y: [0, 1.5, 2, 5, 5.5], places: [0.1, 1.75, 5.75], range: 0.3...5.6,
      pchip: [0.19617341772151903, 1.7496609403254972, 5.4911358173076925, 17.131013010115762],
      akima: [0.20157352941176468, 1.7536764705882353, 5.629489805640243, 17.451686243623463],
      cubic: [0.2650668457577794, 1.7182256687933783, 5.618511095254085, 16.98440848537423]),
    Case(
      name: "bent", x: [0, 1, 2, 3, 4, 5], y: [0, 2, 1, 1, 1, 4], places: [0.1, 1.5, 4.75], range: 0.3...4.6,
      pchip: [0.3395, 1.5, 2.8984375, 5.519579166666666], akima: [0.34175, 1.46875, 2.8984375, 5.517835416666665],
      cubic: [0.36525, 1.71875, 2.9447544642857233, 5.419343750000053]),
    Case(
      name: "uneven", x: [1, 1.25, 3, 3.5, 7], y: [-2, -1, -0.5, 2, 3], places: [1.1, 2.125, 6.75], range: 1.3...6.6,
      pchip: [-1.5036261398176287, -0.7427005204347161, 2.99695778932691, 7.3803826462466215],
      akima: [-1.4938595641646484, -0.75, 3.475765306122448, 11.315019066561248],
      cubic: [-1.584851326979643, -1.6501178755903156, 4.103833765479936, 12.546953890669185]),
  ]

  @Test(arguments: cases)
  func agreesWithSciPy(_ item: Case) {
    let functions = [
      (PiecewiseCubic.pchip(x: item.x, y: item.y), item.pchip), (.akima(x: item.x, y: item.y), item.akima),
      (.leastSquares(x: item.x, y: item.y), item.cubic),
    ]
    for (index, (function, expected)) in functions.enumerated() {
      let found = item.places.map(function.value) + [function.integral(over: item.range)]
      for (value, reference) in zip(found, expected) {
        #expect(abs(value - reference) < 1e-11, "\(item.name), function \(index): \(value), expected \(reference)")
      }
    }
  }

  @Test(arguments: cases)
  func passesThroughThePoints(_ item: Case) {
    for function in [PiecewiseCubic.pchip(x: item.x, y: item.y), .akima(x: item.x, y: item.y)] {
      for (x, y) in zip(item.x, item.y) { #expect(abs(function.value(x) - y) < 1e-12) }
    }
  }

  @Test func twoPointsMakeALine() {
    let line = PiecewiseCubic.pchip(x: [1, 3], y: [2, 6])
    #expect(line.value(2) == 4)
    #expect(line.integral(over: 1...3) == 8)
  }

  @Test func integralsAdd() {
    let function = PiecewiseCubic.pchip(x: Self.cases[0].x, y: Self.cases[0].y)
    #expect(abs(function.integral(over: 0...6) - function.integral(over: 0...2.7) - function.integral(over: 2.7...6)) < 1e-12)
    #expect(function.integral(over: 2...2) == 0)
  }
}
