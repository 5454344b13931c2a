import Foundation
import Testing
import Torch
import Weights

@testable import Layers

/// Attention to neighbours against loops over the formula.
struct NeighborhoodAttentionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let samples: Int
    let height: Int
    let width: Int
    let heads: Int
    let head: Int
    let kernel: Int

    init(_ samples: Int, _ height: Int, _ width: Int, heads: Int, head: Int, kernel: Int) {
      (self.samples, self.height, self.width, self.heads, self.head, self.kernel) = (samples, height, width, heads, head, kernel)
    }

    var channels: Int { heads * head }
    var span: Int { 2 * kernel - 1 }
    var testDescription: String { "\(samples)×\(height)×\(width), \(heads)×\(head), kernel \(kernel)" }
    var grid: NeighborhoodGrid { NeighborhoodGrid(kernel: kernel, height: height, width: width) }

    func planes() throws -> Tensor { try Tensor.uniform([samples, 3 * channels, height * width], in: -2...2, seed: 1) }
    func table() throws -> Tensor { try Tensor.uniform([heads, span, span], in: -1...1, seed: 2) }

    func operators(_ elementsAtOnce: Int = 1 << 24) -> NeighborhoodOperators {
      NeighborhoodOperators(grid: grid, heads: heads, elementsAtOnce: elementsAtOnce)
    }
    var kernels: NeighborhoodKernel { NeighborhoodKernel(grid: grid, heads: heads) }
  }

  /// Sides longer than the kernel, as long, shorter, and 1; heads that fill no register.
  static let cases = [
    Case(2, 6, 9, heads: 2, head: 4, kernel: 3), Case(1, 5, 4, heads: 2, head: 3, kernel: 7), Case(1, 7, 2, heads: 1, head: 5, kernel: 5),
    Case(1, 1, 1, heads: 2, head: 2, kernel: 3), Case(1, 7, 7, heads: 1, head: 6, kernel: 7), Case(2, 9, 40, heads: 3, head: 5, kernel: 7),
    Case(1, 40, 3, heads: 1, head: 16, kernel: 9), Case(1, 1, 37, heads: 2, head: 8, kernel: 5),
  ]

  /// The nearest places, found by sorting: of all runs of as many places, the one whose middle is nearest.
  private static func window(of place: Int, side: Int, kernel: Int) -> Range<Int> {
    let length = min(kernel, side)
    let starts = (0...side - length).sorted { abs(2 * $0 + length - 1 - 2 * place) < abs(2 * $1 + length - 1 - 2 * place) }
    return starts[0]..<starts[0] + length
  }

  /// The formula, place by place, in 64 bits.
  private static func formula(_ planes: [Float], _ table: [Float], _ each: Case) -> [Double] {
    let (d, places) = (each.head, each.height * each.width)
    var output = [Double](repeating: 0, count: each.samples * each.channels * places)
    for sample in 0..<each.samples {
      for head in 0..<each.heads {
        func value(_ place: Int, _ part: Int, _ number: Int) -> Double {
          Double(planes[((sample * 3 + part) * each.channels + head * d + number) * places + place])
        }
        for place in 0..<places {
          let (row, column) = (place / each.width, place % each.width)
          var sum = 0.0
          var weighted = [Double](repeating: 0, count: d)
          for r in window(of: row, side: each.height, kernel: each.kernel) {
            for s in window(of: column, side: each.width, kernel: each.kernel) {
              let other = r * each.width + s
              let product = (0..<d).reduce(0) { $0 + value(place, 0, $1) * value(other, 1, $1) }
              let bias = table[(head * each.span + r - row + each.kernel - 1) * each.span + s - column + each.kernel - 1]
              let weight = exp(product / Double(d).squareRoot() + Double(bias))
              sum += weight
              for number in 0..<d { weighted[number] += weight * value(other, 2, number) }
            }
          }
          for number in 0..<d { output[(sample * each.channels + head * d + number) * places + place] = weighted[number] / sum }
        }
      }
    }
    return output
  }

  private func expectNear(_ found: Tensor, _ wanted: [Double]) throws {
    let found = try found.detached().contiguous().elements(Float.self)
    #expect(found.count == wanted.count)
    let worst = zip(found, wanted).map { abs(Double($0) - $1) / max(1, abs($1)) }.max() ?? 0
    #expect(worst < 2e-6, "\(worst)")
  }

  @Test(arguments: cases) func kernelAndOperatorsAreTheFormula(each: Case) throws {
    let (planes, table) = (try each.planes(), try each.table())
    let wanted = Self.formula(try planes.elements(), try table.elements(), each)
    #expect(NeighborhoodKernel.takes(planes, kernel: each.kernel))
    try expectNear(each.kernels.attended(planes, table: table), wanted)
    // Places one after the other are all at once.
    for elementsAtOnce in [1 << 24, 1] { try expectNear(each.operators(elementsAtOnce).attended(planes, table: table), wanted) }
  }

  /// Σ w·output with respect to planes and biases: the operators' by libtorch, the kernel's by its own backward.
  @Test(arguments: cases) func kernelAndOperatorsHaveTheSameGradients(each: Case) throws {
    func gradients(_ attended: (Tensor, Tensor) throws -> Tensor) throws -> [[Float]] {
      let (planes, table) = (try each.planes(), try each.table())
      try planes.setRequiresGradient()
      try table.setRequiresGradient()
      let output = try attended(planes, table)
      try (output * Tensor.uniform(output.shape, in: -1...1, seed: 3)).sum().backward()
      return try [#require(try planes.gradient()).elements(), #require(try table.gradient()).elements()]
    }
    let wanted = try gradients { try each.operators().attended($0, table: $1) }
    let found = try gradients { try each.kernels.attended($0, table: $1) }
    for (found, wanted) in zip(found, wanted) {
      let worst = zip(found, wanted).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
      #expect(found.count == wanted.count && worst < 2e-5, "\(worst)")
    }
  }

  /// Against difference quotients of the formula.
  @Test(arguments: cases.prefix(4)) func gradientsAreTheDifferenceQuotients(each: Case) throws {
    let (planes, table) = (try each.planes(), try each.table())
    let weights = try Tensor.uniform([each.samples, each.channels, each.height * each.width], in: -1...1, seed: 3)
    let factors = try weights.elements(Float.self).map(Double.init)
    let (start, biases) = (try planes.elements(Float.self), try table.elements(Float.self))
    func sum(_ planes: [Float], _ table: [Float]) -> Double {
      zip(Self.formula(planes, table, each), factors).reduce(0) { $0 + $1.0 * $1.1 }
    }
    try planes.setRequiresGradient()
    try table.setRequiresGradient()
    try (each.kernels.attended(planes, table: table) * weights).sum().backward()
    let found = try (#require(try planes.gradient()).elements(Float.self), #require(try table.gradient()).elements(Float.self))
    // A step that 32 bits hold exactly beside numbers of this size.
    let step: Float = 0x1p-8
    func quotient(_ values: [Float], _ place: Int, _ sum: ([Float]) -> Double) -> Double {
      var (up, down) = (values, values)
      up[place] += step
      down[place] -= step
      return (sum(up) - sum(down)) / Double(up[place] - down[place])
    }
    for place in stride(from: 0, to: start.count, by: max(1, start.count / 40)) {
      #expect(abs(Double(found.0[place]) - quotient(start, place) { sum($0, biases) }) < 2e-4, "plane element \(place)")
    }
    for place in stride(from: 0, to: biases.count, by: max(1, biases.count / 20)) {
      #expect(abs(Double(found.1[place]) - quotient(biases, place) { sum(start, $0) }) < 2e-4, "bias \(place)")
    }
  }

  @Test func theMultiplyAccumulatesAreTheSame() throws {
    let attention = try NeighborhoodSelfAttention(channels: 6, heads: 2, kernel: 5, seeds: SeedSequence(1))
    let input = try Tensor.uniform([1, 8 * 4, 6], in: -1...1, seed: 1)
    let counts = try [true, false].map { isOn in
      try Kernels.$areOn.withValue(isOn) {
        try LayerTrace.recording { _ = try attention.forward(input, height: 8, width: 4) }.multiplyAccumulates
      }
    }
    // Projections, and two products with the 5×4 places of each window.
    #expect(counts == [32 * (4 * 36 + 2 * 6 * 20), 32 * (4 * 36 + 2 * 6 * 20)])
  }

  /// Sums over pictures do not depend on the number of threads, and 64 bits go their way by operators.
  @Test func precisionIsFree() throws {
    let each = Self.cases[0]
    let (planes, table) = (try each.planes(), try each.table())
    #expect(try !NeighborhoodKernel.takes(planes.to(.float64), kernel: each.kernel))
    let output = try each.operators().attended(planes.to(.float64), table: table.to(.float64)).elements(Double.self)
    for (found, wanted) in zip(output, Self.formula(try planes.elements(), try table.elements(), each)) {
      #expect(abs(found - wanted) < 1e-12)
    }
  }
}
