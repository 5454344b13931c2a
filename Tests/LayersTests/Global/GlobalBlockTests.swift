import Foundation
import Testing
import Torch
import Weights

@testable import Layers

/// Blocks of attention to the whole picture against what PyTorch computes; see Tests/Fixtures/global-attention.
struct GlobalBlockTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Builds the block with pieces of some number of scores.
    let make: @Sendable (Int) throws -> any Layer
  }

  static let cases = [
    Case(testDescription: "global") {
      try GlobalAttentionBlock(channels: 6, tokens: 3, heads: 2, ratio: 1.5, scoresAtOnce: $0, seeds: SeedSequence(1))
    },
    Case(testDescription: "aggregated") {
      try AggregatedWindowAttentionBlock(channels: 6, heads: 3, window: 4, ratio: 1.5, scoresAtOnce: $0, seeds: SeedSequence(1))
    },
    Case(testDescription: "aggregated-uneven") {
      try AggregatedWindowAttentionBlock(channels: 6, heads: 2, window: 4, ratio: 2, scoresAtOnce: $0, seeds: SeedSequence(1))
    },
  ]

  private static let file =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    + "/Fixtures/global-attention/blocks.pth"

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

  /// With kernels and without, in one piece and in many.
  @Test(arguments: cases, [true, false]) func isPyTorchs(each: Case, usesKernels: Bool) throws {
    let name = each.testDescription
    let stored = try StoredTensors(tensors(name))
    func tensor(_ name: String) throws -> Tensor { try Tensor(#require(stored[name])) }
    for scoresAtOnce in [1, 1 << 20] {
      let block = try each.make(scoresAtOnce)
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
      #expect(compared.count >= 2)
      for (name, wanted) in compared {
        let found = try #require(try parameters[name]?.gradient())
        #expect(try largest(found, Tensor(wanted)) < 2e-4 * (1 + Tensor(wanted).absolute().maximumElement().item()), "\(name)")
      }
    }
  }

  /// Any sides, whether or not channels lie last; and each place hears of the one that is farthest away.
  @Test(arguments: cases, [[1, 1], [3, 2], [5, 9], [16, 4]]) func sidesAreFree(each: Case, sides: [Int]) throws {
    let block = try each.make(1 << 20)
    // Weights of a size at which far places make a difference.
    for (number, parameter) in block.namedParameters().enumerated() {
      let tensor = parameter.parameter.tensor
      let noise = try Tensor.normal(tensor.shape, standardDeviation: 0.5, seed: UInt64(number + 1))
      try withoutGradients { try tensor.assign(noise) }
    }
    try withoutGradients {
      let input = try Tensor.uniform([2, 6] + sides, in: -1...1, seed: 4)
      let output = try block.forward(input)
      #expect(output.shape == [2, 6] + sides)
      #expect(try output.isFinite())
      #expect(try largest(block.forward(input.contiguous(.channelsLast)), output) < 1e-4)
      var numbers = try input.elements(Float.self)
      let area = sides[0] * sides[1]
      for channel in 0..<6 { numbers[channel * area] += Float(channel) - 2 }
      let changed = try block.forward(Tensor(numbers, shape: input.shape))
      // Places beyond the first window change with the first place, the second picture does not. A place may be alone in its window.
      let difference = try (changed - output).narrowed(0, from: 0, length: 1).absolute().elements(Float.self)
      let far = (0..<area).filter { $0 / sides[1] >= 4 || $0 % sides[1] >= 4 }
      #expect((far.isEmpty ? [area - 1] : far).contains { place in (0..<6).contains { difference[$0 * area + place] > 0 } })
      let other = try (changed - output).narrowed(0, from: 1, length: 1)
      #expect(try other.absolute().maximumElement().item() < 1e-6)
    }
  }
}
