import Foundation
import Testing
import Torch

@testable import Layers

/// Attention within windows against loops over the formula.
struct WindowAttentionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let samples: Int
    let height: Int
    let width: Int
    let heads: Int
    let head: Int
    let grid: WindowGrid

    init(_ samples: Int, _ height: Int, _ width: Int, heads: Int, head: Int, window: Int, shift: Int) {
      (self.samples, self.height, self.width, self.heads, self.head) = (samples, height, width, heads, head)
      grid = WindowGrid(window: window, shift: shift)
    }

    var channels: Int { heads * head }
    var span: Int { 2 * grid.window - 1 }
    var testDescription: String { "\(samples)×\(height)×\(width), \(heads)×\(head), window \(grid.window) moved by \(grid.shift)" }

    func tokens() throws -> Tensor { try Tensor.uniform([samples, height, width, 3 * channels], in: -2...2, seed: 1) }
    func table() throws -> Tensor { try Tensor.uniform([span * span, heads], in: -1...1, seed: 2) }

    func operators(_ scoresAtOnce: Int = 1 << 20) throws -> WindowAttentionOperators {
      let relations = try WindowSelfAttention(channels: 1, heads: 1, grid: grid, seeds: SeedSequence(1)).namedBuffers()[0].buffer.tensor
      return WindowAttentionOperators(
        places: try WindowPlaces(grid, height: height, width: width, device: .cpu), heads: heads, relations: try relations.reshaped([-1]),
        scoresAtOnce: scoresAtOnce)
    }
  }

  /// Sides that are multiples of the window, that are not, that are shorter; still and moved windows; heads that fill no register.
  static let cases = [
    Case(2, 8, 8, heads: 2, head: 4, window: 4, shift: 0), Case(1, 8, 12, heads: 2, head: 4, window: 4, shift: 2),
    Case(1, 9, 11, heads: 3, head: 5, window: 4, shift: 2), Case(2, 7, 5, heads: 1, head: 3, window: 5, shift: 1),
    Case(1, 3, 2, heads: 2, head: 8, window: 8, shift: 4), Case(1, 1, 1, heads: 1, head: 2, window: 4, shift: 0),
    Case(1, 17, 16, heads: 2, head: 16, window: 8, shift: 4), Case(1, 4, 5, heads: 2, head: 1, window: 1, shift: 0),
    Case(1, 13, 20, heads: 1, head: 40, window: 7, shift: 3),
  ]

  /// The formula, place by place, in 64 bits.
  private static func formula(_ tokens: [Float], _ table: [Float], _ each: Case) -> [Double] {
    let (w, c, d) = (each.grid.window, each.channels, each.head)
    /// The number of the window that a row or a column belongs to.
    func window(_ place: Int) -> Int { Int((Double(place - each.grid.shift) / Double(w)).rounded(.down)) }
    var output = [Double](repeating: 0, count: each.samples * each.height * each.width * c)
    for sample in 0..<each.samples {
      for head in 0..<each.heads {
        func value(_ row: Int, _ column: Int, _ part: Int, _ number: Int) -> Double {
          Double(tokens[((sample * each.height + row) * each.width + column) * 3 * c + part * c + head * d + number])
        }
        for row in 0..<each.height {
          for column in 0..<each.width {
            var sum = 0.0
            var weighted = [Double](repeating: 0, count: d)
            for r in 0..<each.height where window(r) == window(row) {
              for s in 0..<each.width where window(s) == window(column) {
                let product = (0..<d).reduce(0) { $0 + value(row, column, 0, $1) * value(r, s, 1, $1) }
                let bias = Double(table[((row - r + w - 1) * each.span + column - s + w - 1) * each.heads + head])
                let weight = exp(product / Double(d).squareRoot() + bias)
                sum += weight
                for number in 0..<d { weighted[number] += weight * value(r, s, 2, number) }
              }
            }
            let start = ((sample * each.height + row) * each.width + column) * c + head * d
            for number in 0..<d { output[start + number] = weighted[number] / sum }
          }
        }
      }
    }
    return output
  }

  private func expectNear(_ found: Tensor, _ wanted: [Double], limit: Double = 2e-6) throws {
    let found = try found.detached().contiguous().elements(Float.self)
    #expect(found.count == wanted.count)
    let worst = zip(found, wanted).map { abs(Double($0) - $1) / max(1, abs($1)) }.max() ?? 0
    #expect(worst < limit, "\(worst)")
  }

  @Test(arguments: cases) func kernelAndOperatorsAreTheFormula(each: Case) throws {
    let (tokens, table) = (try each.tokens(), try each.table())
    let wanted = Self.formula(try tokens.elements(), try table.elements(), each)
    #expect(WindowAttentionKernel.takes(tokens, window: each.grid.window))
    try expectNear(WindowAttentionKernel(grid: each.grid, heads: each.heads).attended(tokens, table: table), wanted)
    try expectNear(each.operators().attended(tokens, table: table), wanted)
    // Windows one after the other are all at once.
    try expectNear(each.operators(1).attended(tokens, table: table), wanted)
  }

  /// Σ w·output, with respect to the tokens and to the biases: the operators' by libtorch, the kernel's by its own backward.
  @Test(arguments: cases) func kernelAndOperatorsHaveTheSameGradients(each: Case) throws {
    func gradients(_ attended: (Tensor, Tensor) throws -> Tensor) throws -> [[Float]] {
      let (tokens, table) = (try each.tokens(), try each.table())
      try tokens.setRequiresGradient()
      try table.setRequiresGradient()
      let output = try attended(tokens, table)
      try (output * Tensor.uniform(output.shape, in: -1...1, seed: 3)).sum().backward()
      return try [#require(try tokens.gradient()).elements(), #require(try table.gradient()).elements()]
    }
    let wanted = try gradients { try each.operators().attended($0, table: $1) }
    let found = try gradients { try WindowAttentionKernel(grid: each.grid, heads: each.heads).attended($0, table: $1) }
    for (found, wanted) in zip(found, wanted) {
      let worst = zip(found, wanted).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
      #expect(found.count == wanted.count && worst < 2e-5, "\(worst)")
    }
  }

  /// Against difference quotients of the formula.
  @Test(arguments: cases.prefix(4)) func gradientsAreTheDifferenceQuotients(each: Case) throws {
    let (tokens, table) = (try each.tokens(), try each.table())
    let weights = try Tensor.uniform([each.samples, each.height, each.width, each.channels], in: -1...1, seed: 3)
    let factors = try weights.elements(Float.self).map(Double.init)
    let (start, biases) = (try tokens.elements(Float.self), try table.elements(Float.self))
    func sum(_ tokens: [Float], _ table: [Float]) -> Double {
      zip(Self.formula(tokens, table, each), factors).reduce(0) { $0 + $1.0 * $1.1 }
    }
    try tokens.setRequiresGradient()
    try table.setRequiresGradient()
    try (WindowAttentionKernel(grid: each.grid, heads: each.heads).attended(tokens, table: table) * weights).sum().backward()
    let found = try (#require(try tokens.gradient()).elements(Float.self), #require(try table.gradient()).elements(Float.self))
    // A step that 32 bits hold exactly beside numbers of this size.
    let step: Float = 0x1p-8
    func quotient(_ values: [Float], _ place: Int, _ sum: ([Float]) -> Double) -> Double {
      var (up, down) = (values, values)
      up[place] += step
      down[place] -= step
      return (sum(up) - sum(down)) / Double(up[place] - down[place])
    }
    for place in stride(from: 0, to: start.count, by: max(1, start.count / 40)) {
      let wanted = quotient(start, place) { sum($0, biases) }
      #expect(abs(Double(found.0[place]) - wanted) < 2e-4, "token \(place)")
    }
    for place in stride(from: 0, to: biases.count, by: max(1, biases.count / 20)) {
      let wanted = quotient(biases, place) { sum(start, $0) }
      #expect(abs(Double(found.1[place]) - wanted) < 2e-4, "bias \(place)")
    }
  }

  /// Windows that are not cut by the border cost the same by either way.
  @Test func theMultiplyAccumulatesAreTheSame() throws {
    let attention = try WindowSelfAttention(channels: 6, heads: 2, grid: WindowGrid(window: 4), seeds: SeedSequence(1))
    let input = try Tensor.uniform([1, 8, 12, 6], in: -1...1, seed: 1)
    let counts = try [true, false].map { isOn in
      try Kernels.$areOn.withValue(isOn) { try LayerTrace.recording { _ = try attention.forward(input) }.multiplyAccumulates }
    }
    // Per place: three projections and one, and 16 products of keys and of values.
    #expect(counts == [96 * (4 * 36 + 2 * 16 * 6), 96 * (4 * 36 + 2 * 16 * 6)])
  }
}
