/// What was found with one picture of the wanted size, or with three smaller ones.
struct CostGrowth {
  /// What was found.
  let probes: [CostProbe]
  /// Whether all multiply–accumulates together grow faster than the pixels.
  let isQuadratic: Bool

  init(_ probes: [CostProbe]) {
    precondition(probes.count == 1 || probes.count == 3, "one picture, or three")
    self.probes = probes
    isQuadratic =
      probes.count == 3
      && Growth(pixels: probes.map(\.pixels), values: probes.map { Double($0.multiplyAccumulates) }).kind == .quadratic
  }

  /// Returns what a number is at a size.
  func value(_ number: (CostProbe) -> Double) -> (_ size: (height: Int, width: Int)) -> Double {
    let values = probes.map(number)
    guard values.count == 3 else { return { _ in values[0] } }
    let growth = Growth(pixels: probes.map(\.pixels), values: values)
    return { growth.value(at: $0.height * $0.width) }
  }

  /// Returns what an amount of memory is at a size.
  ///
  /// The most that is live is the largest of several sums, each of which grows with the pixels, so that it bends; only where the model itself grows
  /// faster than the pixels is that taken for a parabola.
  func memory(_ bytes: (CostProbe) -> Int) -> (_ size: (height: Int, width: Int)) -> Double {
    let values = probes.map { Double(bytes($0)) }
    guard values.count == 3 else { return { _ in values[0] } }
    let growth = Growth(pixels: probes.map(\.pixels), values: values, tolerance: isQuadratic ? 1e-2 : .infinity)
    return { max(growth.value(at: $0.height * $0.width), 0) }
  }
}
