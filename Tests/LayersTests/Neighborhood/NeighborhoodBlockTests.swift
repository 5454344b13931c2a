import Foundation
import Layers
import Testing
import Torch
import Weights

/// Blocks of attention to neighbours against what PyTorch computes; see Tests/Fixtures/neighborhood.
struct NeighborhoodBlockTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kernel: Int
    let make: @Sendable (SeedSequence) throws -> any LocalLayer
  }

  static let cases = [
    Case(testDescription: "block", kernel: 5) {
      try NeighborhoodAttentionBlock(channels: 6, heads: 2, kernel: 5, ratio: 1.5, seeds: $0)
    },
    Case(testDescription: "residual", kernel: 3) { try ResidualNeighborhoodAttentionBlock(channels: 6, heads: 3, kernel: 3, seeds: $0) },
  ]

  private static let file =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    + "/Fixtures/neighborhood/blocks.pth"

  /// The tensors of a block, by their names without its own.
  private func tensors(_ name: String, under folder: String = "") throws -> [(name: String, tensor: StoredTensor)] {
    let prefix = "\(name)/\(folder)"
    return try WeightsFile.read(Self.file).compactMap { each in
      each.name.hasPrefix(prefix) ? (String(each.name.dropFirst(prefix.count)), each.tensor) : nil
    }
  }

  private func largest(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    return try (left.detached() - right).absolute().maximumElement().item()
  }

  @Test(arguments: cases, [true, false]) func isPyTorchs(each: Case, usesKernels: Bool) throws {
    let name = each.testDescription
    let stored = try StoredTensors(tensors(name))
    func tensor(_ name: String) throws -> Tensor { try Tensor(#require(stored[name])) }
    let block = try each.make(SeedSequence(1))
    // All names and shapes are those of the published code.
    try block.load(StoredTensors(tensors(name, under: "state/")), optionalBuffers: false)
    let input = try tensor("input")
    try input.setRequiresGradient()
    try Kernels.$areOn.withValue(usesKernels) {
      let output = try block.forward(input)
      #expect(try largest(output, tensor("output")) < 2e-5)
      try (output * tensor("weight")).sum().backward()
    }
    #expect(try largest(#require(try input.gradient()), tensor("gradient")) < 2e-4)
    let parameters = Dictionary(uniqueKeysWithValues: block.namedParameters().map { ($0.name, $0.parameter.tensor) })
    let compared = try tensors(name, under: "parameter/")
    #expect(compared.count >= 3)
    for (name, wanted) in compared {
      let found = try #require(try parameters[name]?.gradient())
      #expect(try largest(found, Tensor(wanted)) < 2e-4 * (1 + Tensor(wanted).absolute().maximumElement().item()), "\(name)")
    }
  }

  /// Any sides, whether or not channels lie last.
  @Test(arguments: cases, [[1, 1], [3, 2], [5, 9], [16, 4]]) func sidesAreFree(each: Case, sides: [Int]) throws {
    let block = try each.make(SeedSequence(2))
    try withoutGradients {
      let input = try Tensor.uniform([2, 6] + sides, in: -1...1, seed: 4)
      let output = try block.forward(input)
      #expect(Array(output.shape) == [2, 6] + sides)
      #expect(try largest(block.forward(input.contiguous(.channelsLast)), output) < 1e-5)
      let operators = try Kernels.$areOn.withValue(false) { try block.forward(input) }
      #expect(try largest(operators, output) < 1e-5)
      #expect(try largest(output, input) > 1e-4)
    }
  }

  /// A part of a picture with the rows that the layer says gives the rows of the whole, at the border of the picture, too.
  @Test(arguments: cases) func partsAreThoseOfTheWhole(each: Case) throws {
    let block = try each.make(SeedSequence(3))
    try withoutGradients {
      let input = try Tensor.uniform([1, 6, 40, 9], in: -1...1, seed: 5)
      let whole = try block.forward(input)
      for rows in [0..<2, 1..<3, 17..<20, 38..<40] {
        let needed = try block.inputRows(for: rows).clamped(to: 0..<40)
        let part = try block.forward(input.narrowed(2, from: needed.lowerBound, length: needed.count))
        let found = try part.narrowed(2, from: rows.lowerBound - needed.lowerBound, length: rows.count)
        #expect(try largest(found, whole.narrowed(2, from: rows.lowerBound, length: rows.count)) < 1e-6)
      }
    }
  }
}
