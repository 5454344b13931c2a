import CKernels
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The elementary functions of the kernels against those of 64 bits, in every variant that the machine can run.
struct FunctionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let function: @Sendable (Int32, UnsafePointer<Float>?, Int64, UnsafeMutablePointer<Float>?) -> Void
    let exact: @Sendable (Double) -> Double
    /// In units of the last place, of values that are normal numbers.
    let tolerance: Double
    /// At −∞, 0 and ∞.
    let limits: [Float]
  }

  static let cases = [
    Case(
      testDescription: "exponential", function: { bp_exponential_in($0, $1, $2, $3) }, exact: { exp($0) }, tolerance: 1.1,
      limits: [0, 1, .infinity]),
    Case(
      testDescription: "sigmoid", function: { bp_sigmoid_in($0, $1, $2, $3) }, exact: { 1 / (1 + exp(-$0)) }, tolerance: 2.6,
      limits: [0, 0.5, 1]),
    Case(
      testDescription: "hyperbolic tangent", function: { bp_hyperbolic_tangent_in($0, $1, $2, $3) }, exact: { tanh($0) }, tolerance: 2.6,
      limits: [-1, 0, 1]),
    Case(
      testDescription: "complementary error function", function: { bp_complementary_error_in($0, $1, $2, $3) }, exact: { erfc($0) },
      tolerance: 5,
      limits: [2, 1, 0]),
  ]

  private func values(of example: Case, at arguments: [Float], variant: Int32) -> [Float] {
    var results = [Float](repeating: 0, count: arguments.count)
    example.function(variant, arguments, Int64(arguments.count), &results)
    return results
  }

  @Test(arguments: cases)
  func lastPlaces(example: Case) {
    // All sizes and signs, more of them between −100 and 100.
    let arguments =
      stride(from: UInt32(0), to: 0xff00_0000, by: 10_007).map { Float(bitPattern: $0) }
      + stride(from: Float(-100), to: 100, by: 0.00237)
    let finite = arguments.filter(\.isFinite)
    let exact = finite.map { example.exact(Double($0)) }
    for variant in 0..<bp_kernel_variants() {
      var worst = (error: 0.0, argument: Float(0))
      for (place, found) in values(of: example, at: finite, variant: variant).enumerated() {
        let exact = exact[place]
        guard exact < Double(Float.greatestFiniteMagnitude) else { continue }
        // Below the normal numbers there may be none.
        let unit = abs(exact) < Double(Float.leastNormalMagnitude) ? Double(Float.leastNormalMagnitude) : Double(Float(exact).ulp)
        let error = abs(Double(found) - exact) / unit
        if !(error <= worst.error) { worst = (error, finite[place]) }
      }
      #expect(worst.error <= example.tolerance, "at \(worst.argument), variant \(variant)")
    }
  }

  @Test(arguments: cases)
  func limits(example: Case) {
    for variant in 0..<bp_kernel_variants() {
      let found = values(of: example, at: [-.infinity, 0, .infinity, .nan], variant: variant)
      #expect(Array(found[..<3]) == example.limits && found[3].isNaN, "variant \(variant)")
    }
  }
}
