import Testing
import Torch
import Weights

@testable import LatentModels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The kernel of the entropy bottleneck against the operators, and against the formula in 64 bits.
struct FactorizedDensityKernelTests {
  /// A bottleneck whose densities differ from channel to channel.
  private static func bottleneck(channels: Int, filters: [Int] = [3, 3, 3, 3]) throws -> EntropyBottleneck {
    let bottleneck = try EntropyBottleneck(channels: channels, filters: filters, initialScale: 4, seeds: SeedSequence(3))
    for (index, parameter) in parameters(of: bottleneck).enumerated() {
      let noise = try Tensor.uniform(parameter.tensor.shape, in: -0.7...0.7, seed: UInt64(index))
      try withoutGradients { try parameter.tensor.assign(parameter.tensor + noise) }
    }
    return bottleneck
  }

  private static func parameters(of bottleneck: EntropyBottleneck) -> [Parameter] {
    bottleneck.matrices + bottleneck.biases + bottleneck.factors
  }

  /// Likelihoods and the gradients of the values and of all parameters.
  private static func results(_ bottleneck: EntropyBottleneck, _ values: Tensor, weights: Tensor, kernels: Bool) throws -> [[Float]] {
    try Kernels.$areOn.withValue(kernels) {
      try resultAndGradients(of: [values] + parameters(of: bottleneck).map(\.tensor), weights: weights) {
        try bottleneck.likelihoods(of: values)
      }
    }
  }

  /// In the tails 1 − σ has only the bits that σ leaves, which differ between any two programs.
  private func expectAgreement(_ found: [[Float]], _ expected: [[Float]]) {
    expectClose(found[0], expected[0], relative: 1e-6, absolute: 3e-7, "likelihoods")
    expectClose(found[1], expected[1], relative: 1e-5, absolute: 5e-7, "gradient of the values")
    for (index, (found, expected)) in zip(found, expected).enumerated().dropFirst(2) {
      expectClose(found, expected, relative: 1e-5, ofLargest: 5e-5, "gradient of parameter \(index - 2)")
    }
  }

  @Test(arguments: KernelCase.all)
  func agreesWithOperators(example: KernelCase) throws {
    let bottleneck = try Self.bottleneck(channels: example.shape[1])
    let values = try example.numbers(in: -30...30, seed: 1)
    let weights = try example.numbers(in: -2...1, seed: 2, withGradients: false)
    let found = try Self.results(bottleneck, values, weights: weights, kernels: true)
    try expectAgreement(found, Self.results(bottleneck, values, weights: weights, kernels: false))
  }

  /// Nine is more than the kernel holds, which leaves it to the operators.
  @Test(arguments: [[], [1], [4], [3, 3], [2, 5, 3], [8, 8, 8, 8], [3, 3, 3, 3, 3, 3, 3], [9], [1, 1, 1, 1, 1, 1, 1, 1]])
  func otherWidths(filters: [Int]) throws {
    let example = KernelCase(shape: [2, 3, 4, 5], order: .contiguous)
    let bottleneck = try Self.bottleneck(channels: 3, filters: filters)
    #expect((FactorizedDensityKernel(widths: [1] + filters + [1], bound: 0) == nil) == (filters == [9] || filters.count == 8))
    let values = try example.numbers(in: -9...9, seed: 1)
    let weights = try example.numbers(in: -2...1, seed: 2, withGradients: false)
    let found = try Self.results(bottleneck, values, weights: weights, kernels: true)
    try expectAgreement(found, Self.results(bottleneck, values, weights: weights, kernels: false))
  }

  @Test(arguments: [MemoryFormat.contiguous, .channelsLast])
  func threadsChangeNothing(order: MemoryFormat) throws {
    defer { try? Runtime.setThreads(1) }
    let example = KernelCase(shape: [3, 40, 17, 19], order: order)
    let bottleneck = try Self.bottleneck(channels: 40)
    let values = try example.numbers(in: -9...9, seed: 1)
    let weights = try example.numbers(in: -2...1, seed: 2, withGradients: false)
    let results = try [1, 2, 2].map { count in
      try Runtime.setThreads(count)
      return try Self.results(bottleneck, values, weights: weights, kernels: true)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  /// Where a likelihood is held at its bound, or is not a number.
  @Test func boundsAndWhatIsNoNumber() throws {
    let bottleneck = try Self.bottleneck(channels: 1)
    let values = try Tensor([1e4, -1e4, .infinity, 0.3, .nan, 1e4] as [Float], shape: [1, 1, 2, 3])
    try values.setRequiresGradient()
    let weights = try Tensor([1, -1, 1, 1, 1, -1] as [Float], shape: [1, 1, 2, 3])
    let (found, expected) = try (
      Self.results(bottleneck, values, weights: weights, kernels: true), Self.results(bottleneck, values, weights: weights, kernels: false)
    )
    for which in 0...1 {
      for (found, expected) in zip(found[which], expected[which]) {
        #expect(found.isNaN ? expected.isNaN : abs(found - expected) < 1e-6)
      }
    }
    #expect(found[0][0] == 1e-9 && found[0][4].isNaN)
  }

  /// The gradients of the sum of all likelihoods against differences of the formula in 64 bits.
  @Test func gradientsAreThoseOfTheFormula() throws {
    let bottleneck = try Self.bottleneck(channels: 1)
    let values: [Float] = [-3.2, -0.4, 0.7, 2.9]
    let input = try Tensor(values, shape: [2, 1, 1, 2])
    try input.setRequiresGradient()
    let parameters = Self.parameters(of: bottleneck).map(\.tensor)
    let found = try Self.results(bottleneck, input, weights: Tensor.full([2, 1, 1, 2], 1), kernels: true)
    let numbers = try ([input] + parameters).map { try $0.detached().elements().map(Double.init) }
    for which in numbers.indices {
      for index in numbers[which].indices {
        func sum(_ step: Double) -> Double {
          var moved = numbers
          moved[which][index] += step
          return moved[0].reduce(0) { $0 + Self.likelihood(of: $1, matrices: moved[1...5], biases: moved[6...10], factors: moved[11...14]) }
        }
        let quotient = (sum(1e-5) - sum(-1e-5)) / 2e-5
        #expect(abs(Double(found[which + 1][index]) - quotient) < 2e-6, "tensor \(which), \(index)")
      }
    }
  }

  /// c(v + ½) − c(v − ½) of one channel.
  private static func likelihood(
    of value: Double, matrices: ArraySlice<[Double]>, biases: ArraySlice<[Double]>, factors: ArraySlice<[Double]>
  ) -> Double {
    func cumulative(_ x: Double) -> Double {
      var inputs = [x]
      for (stage, (matrix, bias)) in zip(matrices, biases).enumerated() {
        inputs = bias.indices.map { output in
          var sum = bias[output]
          for (index, input) in inputs.enumerated() { sum += log1p(exp(matrix[output * inputs.count + index])) * input }
          return stage < factors.count ? sum + tanh(Array(factors)[stage][output]) * tanh(sum) : sum
        }
      }
      return 1 / (1 + exp(-inputs[0]))
    }
    return cumulative(value + 0.5) - cumulative(value - 0.5)
  }
}
