import Layers
import Testing
import Torch
import Weights

struct NonNegativeParametrizerTests {
  static let pedestal = 0x1p-36

  @Test func storedValuesAreSquareRoots() throws {
    let form = try NonNegativeParametrizer()
    let values: [Float] = [0, 1e-12, 1e-6, 0.1, 1, 100]
    let stored = try form.initial(Tensor(values, shape: [6])).elements()
    for (value, found) in zip(values, stored) {
      let expected = (Double(value) + Self.pedestal).squareRoot()
      #expect(abs(Double(found) - expected) <= 1e-6 * expected, "\(value)")
    }
    // Below zero the least value is stored.
    #expect(try form.initial(Tensor([Float(-5)], shape: [1])).elements() == [Float(0x1p-18)])
  }

  @Test(arguments: [0, 1e-6, 0.5])
  func valuesComeBackWithinTheirLimits(minimum: Double) throws {
    let form = try NonNegativeParametrizer(minimum: minimum)
    let values: [Float] = [0.75, 1, 3]
    let back = try form.value(of: form.initial(Tensor(values, shape: [3]))).elements()
    #expect(zip(back, values).allSatisfy { abs($0 - $1) < 1e-6 * $1 }, "\(back)")
    // Whatever is stored, the value is at least the minimum.
    let least = try form.value(of: Tensor([Float(-10), 0, 1e-9], shape: [3])).elements()
    let limit = 1e-6 * max(minimum, 1e-6)
    for value in least { #expect(abs(Double(value) - minimum) <= limit) }
  }

  @Test func constantsHaveTheirPlaceInTheStateDict() throws {
    let form = try NonNegativeParametrizer(minimum: 1e-6)
    let state = try form.storedState()
    #expect(state.names == ["pedestal", "lower_bound.bound"])
    #expect(state["pedestal"]?.floats == [Float(Self.pedestal)])
    #expect(state["lower_bound.bound"]?.floats == [Float((1e-6 + Self.pedestal).squareRoot())])
    #expect(form.namedParameters().isEmpty)
  }

  /// With s² for the value the slope is 2·s: it vanishes at zero and never changes its sign.
  @Test func theGradientShrinksWithTheValue() throws {
    let form = try NonNegativeParametrizer()
    let stored = try Tensor([Float(0.001), 0.1, 1], shape: [3])
    try stored.setRequiresGradient()
    try form.value(of: stored).sum().backward()
    #expect(try stored.gradient()?.elements() == [0.002, 0.2, 2])
  }
}
