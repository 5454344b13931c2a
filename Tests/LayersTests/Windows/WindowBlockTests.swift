import Foundation
import Layers
import Testing
import Torch
import Weights

/// Blocks of attention within windows against what PyTorch computes; see Tests/Fixtures/windows.
struct WindowBlockTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let channels: Int
    let make: @Sendable (SeedSequence) throws -> any Layer

    init(_ name: String, channels: Int = 6, make: @escaping @Sendable (SeedSequence) throws -> any Layer) {
      (self.name, self.channels, self.make) = (name, channels, make)
    }

    var testDescription: String { name }
  }

  static let cases = [
    Case("swin") { try SwinBlock(channels: 6, shape: SwinShape(heads: 2, window: 4, ratio: 2), seeds: $0) },
    Case("residual-swin") { try ResidualSwinBlock(channels: 6, shape: SwinShape(heads: 3, window: 4, ratio: 1.5, depth: 3), seeds: $0) },
    Case("window-attention") { try WindowAttentionBlock(channels: 6, heads: 2, window: 4, shift: 2, seeds: $0) },
    Case("mixture-still", channels: 8) { try TransformerCNNBlock(channels: 8, heads: 2, window: 4, isMoved: false, seeds: $0) },
    Case("mixture-moved", channels: 8) { try TransformerCNNBlock(channels: 8, heads: 2, window: 4, isMoved: true, seeds: $0) },
    Case("swin-attention") { try SwinAttentionModule(inputChannels: 6, outputChannels: 5, width: 8, heads: 2, window: 4, seeds: $0) },
  ]

  /// Layers between stages; the sides of the fixture's input are no multiples of the patches of the first.
  private static let patches = [
    Case("patch-embedding") { try PatchEmbedding(inputChannels: 6, outputChannels: 4, side: 5, seeds: $0) },
    Case("patch-merging") { try PatchMerging(channels: 6, seeds: $0) },
    Case("patch-splitting") { try PatchSplitting(channels: 6, seeds: $0) },
  ]

  private static let file =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    + "/Fixtures/windows/blocks.pth"

  /// The tensors of a block, by their names without its own.
  private func tensors(_ name: String, under folder: String = "") throws -> [(name: String, tensor: StoredTensor)] {
    let prefix = "\(name)/\(folder)"
    return try WeightsFile.read(Self.file).compactMap { each in
      each.name.hasPrefix(prefix) ? (String(each.name.dropFirst(prefix.count)), each.tensor) : nil
    }
  }

  @Test(arguments: cases + patches, [true, false]) func isPyTorchs(each: Case, usesKernels: Bool) throws {
    let stored = try StoredTensors(tensors(each.name))
    func tensor(_ name: String) throws -> Tensor { try Tensor(#require(stored[name])) }
    let block = try each.make(SeedSequence(1))
    // All names and shapes are those of the published code.
    try block.load(StoredTensors(tensors(each.name, under: "state/")), optionalBuffers: false)
    let input = try tensor("input")
    try input.setRequiresGradient()
    try Kernels.$areOn.withValue(usesKernels) {
      let output = try block.forward(input)
      #expect(try largest(output, tensor("output")) < 2e-5)
      try (output * tensor("weight")).sum().backward()
    }
    #expect(try largest(#require(try input.gradient()), tensor("gradient")) < 2e-4)
    let parameters = Dictionary(uniqueKeysWithValues: block.namedParameters().map { ($0.name, $0.parameter.tensor) })
    let compared = try tensors(each.name, under: "parameter/")
    #expect(!compared.isEmpty)
    for (name, wanted) in compared {
      let found = try #require(try parameters[name]?.gradient())
      #expect(try largest(found, Tensor(wanted)) < 2e-4 * (1 + Tensor(wanted).absolute().maximumElement().item()), "\(name)")
    }
  }

  private func largest(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    return try (left.detached() - right).absolute().maximumElement().item()
  }

  /// Any sides, whether or not channels lie last.
  @Test(arguments: cases, [[1, 1], [3, 2], [5, 9], [16, 4]]) func sidesAreFree(each: Case, sides: [Int]) throws {
    let block = try each.make(SeedSequence(2))
    try withoutGradients {
      let input = try Tensor.uniform([2, each.channels] + sides, in: -1...1, seed: 4)
      let output = try block.forward(input)
      #expect(Array(output.shape.dropFirst(2)) == sides)
      #expect(try output.isFinite())
      #expect(try largest(block.forward(input.contiguous(.channelsLast)), output) < 1e-5)
      let operators = try Kernels.$areOn.withValue(false) { try block.forward(input) }
      #expect(try largest(operators, output) < 1e-5)
      // Pictures of a batch do not see each other.
      let second = try block.forward(input.narrowed(0, from: 1, length: 1))
      #expect(try largest(second, output.narrowed(0, from: 1, length: 1)) < 1e-5)
    }
  }

  @Test func squaresThatAreCutAreFilledUp() throws {
    let merging = try PatchMerging(channels: 3, seeds: SeedSequence(4))
    try withoutGradients {
      let input = try Tensor.uniform([1, 3, 3, 5], in: -1...1, seed: 6)
      let output = try merging.forward(input)
      #expect(output.shape == [1, 6, 2, 3])
      #expect(try largest(output, merging.forward(input.padded(left: 0, right: 1, top: 0, bottom: 1))) == 0)
    }
  }

  /// A layer over still windows keeps to them; the one over moved windows behind it does not.
  @Test func movedWindowsJoinNeighbours() throws {
    func reached(depth: Int) throws -> Set<Int> {
      let block = try SwinBlock(channels: 4, shape: SwinShape(heads: 2, window: 4, depth: depth), seeds: SeedSequence(3))
      return try withoutGradients {
        let input = try Tensor.uniform([1, 4, 1, 12], in: -1...1, seed: 5)
        var numbers = try input.elements(Float.self)
        // Of one channel alone: a normalization does not see what all have.
        numbers[3] += 9
        let difference = try (block.forward(Tensor(numbers, shape: input.shape)) - block.forward(input)).absolute()
          .sum(over: [0, 1, 2]).elements(Float.self)
        return Set(difference.indices.filter { difference[$0] > 0 })
      }
    }
    #expect(try reached(depth: 1) == Set(0..<4))
    #expect(try reached(depth: 2) == Set(0..<6))
  }
}
