import Testing
import Torch
import Weights

/// A shape `[N, C, H, W]` and the order of its elements.
struct KernelCase: Sendable, CustomTestStringConvertible {
  let shape: [Int]
  let order: MemoryFormat

  var testDescription: String { "\(shape), \(order)" }

  /// One element, odd sizes, several samples, more than one chunk, no places.
  static let all = [[1, 1, 1, 1], [1, 2, 0, 3], [2, 3, 5, 7], [3, 17, 1, 1], [2, 20, 9, 3], [1, 5, 33, 65], [4, 33, 16, 16]].flatMap {
    shape in
    [MemoryFormat.contiguous, .channelsLast].map { KernelCase(shape: shape, order: $0) }
  }

  /// Returns numbers from a range in this shape and order, for which gradients are recorded.
  func numbers(in range: ClosedRange<Double>, seed: UInt64, withGradients: Bool = true) throws -> Tensor {
    let numbers = try Tensor.uniform(shape, in: range, seed: seed).contiguous(order)
    if withGradients { try numbers.setRequiresGradient() }
    return numbers
  }
}

/// Returns the result of `body` and the gradients of its inputs, all as elements in row-major order.
///
/// - Parameter weights: the gradient of the result; some are positive, so that a bound holds gradients back.
func resultAndGradients(of inputs: [Tensor], weights: Tensor, _ body: () throws -> Tensor) throws -> [[Float]] {
  let result = try body()
  let gradients = try result.gradients(of: inputs, outputGradient: weights)
  return try [result.detached().elements()] + gradients.map { try $0?.elements() ?? [] }
}

/// Expects numbers to agree within a part of the largest, or of each.
func expectClose(
  _ found: [Float], _ expected: [Float], relative: Float = 0, ofLargest: Float = 0, absolute: Float = 0, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  let largest = expected.map(abs).max() ?? 0
  for (index, (found, expected)) in zip(found, expected).enumerated() {
    let allowed = relative * abs(expected) + ofLargest * largest + absolute
    #expect(abs(found - expected) <= allowed, "\(what), \(index): \(found), not \(expected)", sourceLocation: sourceLocation)
  }
}
