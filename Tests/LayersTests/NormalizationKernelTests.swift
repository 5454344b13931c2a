import Layers
import Testing
import Torch

/// The kernels against the operators of libtorch in whose place they stand.
@Suite(.serialized) struct NormalizationKernelTests {
  enum Kind: CaseIterable { case gdn, oneDN, magnitudeRoot, gsdn, signedGSDN }

  static func layer(_ kind: Kind, channels: Int, inverse: Bool) throws -> any Layer {
    switch kind {
    case .gdn: try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
    case .oneDN: try OneDivisiveNormalization(channels: channels, inverse: inverse)
    case .magnitudeRoot: try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse, alpha: 1, epsilon: 0.5)
    case .gsdn: try GeneralizedSubtractiveDivisiveNormalization(channels: channels, inverse: inverse)
    case .signedGSDN: try GeneralizedSubtractiveDivisiveNormalization(channels: channels, inverse: inverse, isSigned: true)
    }
  }

  /// All that a layer computes for one input: the output, the gradient of the input and those of the parameters.
  static func results(_ layer: any Layer, _ input: Tensor, kernels: Bool) throws -> [(name: String, values: [Float])] {
    try Kernels.$areOn.withValue(kernels) {
      let input = try input.detached()
      try input.setRequiresGradient()
      for (_, parameter) in layer.namedParameters() { try parameter.tensor.setGradient(nil) }
      let output = try layer.forward(input)
      let weights = try Tensor.uniform(output.shape, in: -1...1, seed: 7)
      try (output * weights).sum().backward()
      var results = [("output", try output.detached().elements()), ("input", try #require(try input.gradient()).elements())]
      for (name, parameter) in layer.namedParameters() { results.append((name, try #require(try parameter.tensor.gradient()).elements())) }
      return results
    }
  }

  static func expectClose(_ found: [(name: String, values: [Float])], _ expected: [(name: String, values: [Float])]) {
    for (one, other) in zip(found, expected) {
      let scale = other.values.map(abs).max() ?? 0
      let difference = zip(one.values, other.values).map { abs($0 - $1) }.max() ?? 0
      #expect(one.values.count == other.values.count && difference <= 1e-5 * scale + 1e-7, "\(one.name): \(difference) of \(scale)")
    }
  }

  /// Random parameters, so that every channel sees every other.
  static func shake(_ layer: any Layer) throws {
    for (index, (_, parameter)) in layer.namedParameters().enumerated() {
      let tensor = parameter.tensor
      let noise = try Tensor.uniform(tensor.shape, in: 0.05...0.6, seed: UInt64(index + 1))
      try withoutGradients { try tensor.assign(noise) }
    }
  }

  @Test(arguments: Kind.allCases, [1, 5, 32, 48])
  func agreesWithTheOperators(kind: Kind, channels: Int) throws {
    for inverse in [false, true] {
      for format in [MemoryFormat.contiguous, .channelsLast] {
        let layer = try Self.layer(kind, channels: channels, inverse: inverse)
        try Self.shake(layer)
        let input = try Tensor.uniform([2, channels, 13, 9], in: -2...2, seed: 3).contiguous(format)
        Self.expectClose(
          try Self.results(layer, input, kernels: true), try Self.results(layer, input, kernels: false))
      }
    }
  }

  /// Several chunks, the last of them short, and a picture's end within a tile.
  @Test func manyPlaces() throws {
    let layer = try Self.layer(.gdn, channels: 7, inverse: false)
    try Self.shake(layer)
    for format in [MemoryFormat.contiguous, .channelsLast] {
      let input = try Tensor.uniform([3, 7, 101, 67], in: -2...2, seed: 3).contiguous(format)
      Self.expectClose(try Self.results(layer, input, kernels: true), try Self.results(layer, input, kernels: false))
    }
  }

  /// What is ours does not depend on the number of threads; the gradient of the input of a convolution is libtorch's.
  @Test func oneThreadOrTwoMakeNoDifference() throws {
    let layers: [any Layer] = [
      try Self.layer(.gdn, channels: 3, inverse: false), try Convolution(inputChannels: 3, outputChannels: 24, seeds: SeedSequence(1)),
      try TransposedConvolution(inputChannels: 3, outputChannels: 3, seeds: SeedSequence(1)),
    ]
    let input = try Tensor.uniform([3, 3, 101, 67], in: -2...2, seed: 3).contiguous(.channelsLast)
    let threads = try Runtime.threads()
    defer { try? Runtime.setThreads(threads) }
    for layer in layers {
      let results = try [1, 2, 3].map { count in
        try Runtime.setThreads(count)
        return try Self.results(layer, input, kernels: true).filter { !(layer is Convolution) || $0.name != "input" }.map(\.values)
      }
      #expect(results[0] == results[1] && results[0] == results[2])
    }
  }

  @Test func zerosHaveTheGradientOfTheOperators() throws {
    for kind in Kind.allCases {
      let layer = try Self.layer(kind, channels: 4, inverse: false)
      let input = try Tensor.zeros([1, 4, 3, 3])
      Self.expectClose(try Self.results(layer, input, kernels: true), try Self.results(layer, input, kernels: false))
    }
  }

  @Test func anotherNumberOfChannelsOrDimensionsThrows() throws {
    let layer = try Self.layer(.gdn, channels: 4, inverse: false)
    #expect(throws: TorchError.self) { try layer.forward(Tensor.zeros([1, 5, 3, 3])) }
    #expect(throws: TorchError.self) { try layer.forward(Tensor.zeros([4, 3, 3])) }
    #expect(try layer.forward(Tensor.zeros([0, 4, 3, 3])).shape == [0, 4, 3, 3])
  }
}
