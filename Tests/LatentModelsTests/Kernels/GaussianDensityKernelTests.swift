import Testing
import Torch
import Weights

@testable import LatentModels

/// The kernel of the Gaussian likelihoods against the operators; the gradients are held to differences in ``GaussianConditionalTests``, too.
struct GaussianDensityKernelTests {
  /// Likelihoods and the gradients of values, scales and means.
  private static func results(_ values: Tensor, _ scales: Tensor, _ means: Tensor?, weights: Tensor, kernels: Bool) throws -> [[Float]] {
    let model = try GaussianConditional()
    return try Kernels.$areOn.withValue(kernels) {
      try resultAndGradients(of: [values, scales] + (means.map { [$0] } ?? []), weights: weights) {
        try model.likelihoods(of: values, parameters: GaussianParameters(scales: scales, means: means))
      }
    }
  }

  private func expectAgreement(_ values: Tensor, _ scales: Tensor, _ means: Tensor?, weights: Tensor) throws {
    let found = try Self.results(values, scales, means, weights: weights, kernels: true)
    let expected = try Self.results(values, scales, means, weights: weights, kernels: false)
    expectClose(found[0], expected[0], relative: 2e-6, absolute: 3e-7, "likelihoods")
    for (index, (found, expected)) in zip(found, expected).enumerated().dropFirst() {
      expectClose(found, expected, relative: 2e-5, ofLargest: 2e-6, "gradient \(index - 1)")
    }
  }

  @Test(arguments: KernelCase.all, [true, false])
  func agreesWithOperators(example: KernelCase, hasMeans: Bool) throws {
    try expectAgreement(
      example.numbers(in: -9...9, seed: 1), example.numbers(in: -0.5...5, seed: 2), hasMeans ? example.numbers(in: -2...2, seed: 3) : nil,
      weights: example.numbers(in: -2...1, seed: 4, withGradients: false))
  }

  /// Scales and means that are parts of one tensor, and such that lie in the other order.
  @Test(arguments: KernelCase.all)
  func partsOfOneTensor(example: KernelCase) throws {
    var shape = example.shape
    let channels = shape[1]
    shape[1] *= 2
    let values = try example.numbers(in: -9...9, seed: 1)
    let weights = try example.numbers(in: -2...1, seed: 4, withGradients: false)
    for order in [MemoryFormat.contiguous, .channelsLast] {
      let both = try KernelCase(shape: shape, order: order).numbers(in: -0.5...4, seed: 2)
      try expectAgreement(
        values, both.narrowed(1, from: 0, length: channels), both.narrowed(1, from: channels, length: channels), weights: weights)
    }
  }

  /// Scales that are the same for all places are no case for the kernel, and scales that are repeated without a copy are.
  @Test func broadcastScales() throws {
    let example = KernelCase(shape: [2, 3, 4, 5], order: .contiguous)
    let (values, weights) = try (example.numbers(in: -9...9, seed: 1), example.numbers(in: -2...1, seed: 4, withGradients: false))
    let scales = try Tensor.uniform([1, 3, 1, 1], in: 0...5, seed: 2)
    try scales.setRequiresGradient()
    #expect(!GaussianDensityKernel.takes(values, scales: scales, means: nil))
    try expectAgreement(values, scales, nil, weights: weights)
    try expectAgreement(values, scales.expanded([2, 3, 4, 5]), nil, weights: weights)
    #expect(try GaussianDensityKernel.takes(values, scales: scales.expanded([2, 3, 4, 5]), means: nil))
  }

  @Test func threadsChangeNothing() throws {
    defer { try? Runtime.setThreads(1) }
    let example = KernelCase(shape: [2, 40, 17, 19], order: .channelsLast)
    let tensors = try (0..<3).map { try example.numbers(in: -1...5, seed: $0) }
    let weights = try example.numbers(in: -2...1, seed: 4, withGradients: false)
    let results = try [1, 2, 2].map { count in
      try Runtime.setThreads(count)
      return try Self.results(tensors[0], tensors[1], tensors[2], weights: weights, kernels: true)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  /// At the mean, where both bounds hold, far away, and what is not a number.
  @Test func edges() throws {
    let values: [Float] = [0, 0, 3, 3, 1e4, .infinity, .nan, 0.5, 1, 0]
    let scales: [Float] = [1, 0.05, 0.05, 0.11, 2, 1, 1, 1e30, .nan, .infinity]
    let inputs = try [values, scales].map { try Tensor($0, shape: [1, 2, 1, 5]) }
    for input in inputs { try input.setRequiresGradient() }
    for weight in [1.0, -1] {
      let weights = try Tensor.full([1, 2, 1, 5], weight)
      let found = try Self.results(inputs[0], inputs[1], nil, weights: weights, kernels: true)
      let expected = try Self.results(inputs[0], inputs[1], nil, weights: weights, kernels: false)
      for (which, pair) in zip(found, expected).enumerated() {
        for (index, (found, expected)) in zip(pair.0, pair.1).enumerated() {
          #expect(expected.isNaN ? found.isNaN : abs(found - expected) <= 1e-6 * max(1, abs(expected)), "\(which), \(index)")
        }
      }
    }
  }
}
