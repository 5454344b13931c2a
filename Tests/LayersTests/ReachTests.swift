import Layers
import Testing
import Torch

/// Which rows a layer says that it sees, against what changes when a row of its input changes.
struct ReachTests {
  private static let channels = 4

  /// A layer under its name.
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    let make: @Sendable () throws -> any Layer
  }

  static let cases: [Case] = {
    @Sendable func normalization(inverse: Bool) throws -> any Layer {
      try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
    }
    var cases: [Case] = []
    for kernel in [1, 3, 5, 7] {
      for stride in [1, 2, 3] {
        cases.append(
          Case(description: "convolution \(kernel), \(stride)") {
            try Convolution(inputChannels: channels, outputChannels: channels, kernel: kernel, stride: stride, seeds: SeedSequence(5))
          })
        guard kernel >= stride else { continue }
        cases.append(
          Case(description: "transposed convolution \(kernel), \(stride)") {
            try TransposedConvolution(
              inputChannels: channels, outputChannels: channels, kernel: kernel, stride: stride, seeds: SeedSequence(5))
          })
      }
    }
    for factor in [2, 3] {
      cases.append(
        Case(description: "sub-pixel convolution \(factor)") {
          try SubpixelConvolution(inputChannels: channels, outputChannels: channels, factor: factor, seeds: SeedSequence(5))
        })
    }
    cases += [
      Case(description: "residual block") { try ResidualBlock(channels: channels, seeds: SeedSequence(5)) },
      Case(description: "residual block with stride") {
        try ResidualBlockWithStride(
          inputChannels: channels, outputChannels: channels, nonlinearity: normalization(inverse: false), seeds: SeedSequence(5))
      },
      Case(description: "residual block that doubles") {
        try ResidualBlockUpsample(
          inputChannels: channels, outputChannels: channels, nonlinearity: normalization(inverse: true), seeds: SeedSequence(5))
      },
      Case(description: "attention") { try AttentionBlock(channels: channels, seeds: SeedSequence(5)) },
      Case(description: "normalization") { try normalization(inverse: false) },
      Case(description: "chain") {
        try Sequential([
          Convolution(inputChannels: channels, outputChannels: channels, seeds: SeedSequence(5)), LeakyRectifiedLinear(),
          TransposedConvolution(inputChannels: channels, outputChannels: channels, seeds: SeedSequence(6)),
        ])
      },
    ]
    return cases
  }()

  /// Row by row: an output row changes exactly when the layer says that it sees the row of the input that changed.
  @Test(arguments: cases)
  func rowsChangeAsSaid(_ layerCase: Case) throws {
    let layer = try layerCase.make()
    let height = 36
    try withoutGradients {
      let input = try Tensor.uniform([1, Self.channels, height, 12], in: -1...1, seed: 3)
      let output = try layer.forward(input)
      for row in 0..<height {
        let other = try input.copy()
        try other.narrowed(2, from: row, length: 1).scale(by: -3)
        let change = try (layer.forward(other) - output).absolute()
        let changed = try (0..<output.shape[2]).filter { try change.narrowed(2, from: $0, length: 1).maximumElement().item() > 0 }
        let said = try (0..<output.shape[2]).filter { try layer.neededRows(for: $0..<$0 + 1).contains(row) }
        // Rectified units that are off everywhere can hide the outermost rows of a chain of them.
        let fits =
          layerCase.description == "attention" ? changed.allSatisfy(said.contains) && said.count - changed.count <= 2 : changed == said
        #expect(fits, "row \(row): \(changed) and \(said)")
      }
    }
  }

  /// Several rows need what each of them needs, and a shift by a period shifts what is needed.
  @Test(arguments: cases)
  func rangesAreUnions(_ layerCase: Case) throws {
    let layer = try layerCase.make()
    for first in -7..<7 {
      for last in first..<first + 8 {
        let each = try (first...last).map { try layer.neededRows(for: $0..<$0 + 1) }
        let all = try layer.neededRows(for: first..<last + 1)
        #expect(all.lowerBound == each.map(\.lowerBound).min() && all.upperBound == each.map(\.upperBound).max())
      }
    }
  }

  private final class Unsaid: Layer {
    var members: [Member] { [] }
    func forward(_ input: Tensor) throws -> Tensor { input }
  }

  @Test func aLayerThatDoesNotSayIsNamed() {
    #expect(throws: UnknownReach(layer: "Unsaid")) { try Sequential([LeakyRectifiedLinear(), Unsaid()]).neededRows(for: 0..<1) }
    #expect(UnknownReach(layer: "Unsaid").description == "how far 'Unsaid' sees is not known")
  }
}
