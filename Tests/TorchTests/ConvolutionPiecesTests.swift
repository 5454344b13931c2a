import Testing
import Weights

@testable import Torch

@Suite(.serialized) struct ConvolutionPiecesTests {
  @Test(arguments: [
    (outputs: 224, work: 1 << 24, ends: [48, 112, 160, 224]), (224, 1 << 24 - 1, [224]), (63, 1 << 30, [63]), (64, 1 << 30, [32, 64]),
    (100, 1 << 30, [32, 64, 100]),
  ])
  func cutsFollowFromShapesAlone(outputs: Int, work: Int, ends: [Int]) {
    let ranges = ConvolutionPieces.ranges(outputs: outputs, multiplyAccumulates: work)
    #expect(ranges.map(\.upperBound) == ends)
    #expect(ranges.map(\.lowerBound) == [0] + ends.dropLast())
  }

  /// 3×3 and 5×5, both with enough work.
  private func outputs() throws -> [[Float]] {
    let input = try Tensor.uniform([1, 48, 24, 32], in: -1...1, seed: 1)
    let (weight, bias) = (try Tensor.uniform([100, 48, 3, 3], in: -1...1, seed: 2), try Tensor.uniform([100], in: -1...1, seed: 3))
    let wide = try Tensor.uniform([70, 48, 5, 5], in: -1...1, seed: 4)
    return [
      try input.convolved(weight: weight, bias: bias, stride: 1, padding: 1).elements(),
      try input.convolved(weight: weight, bias: nil, stride: 1, padding: 0).elements(),
      try input.convolved(weight: wide, bias: nil, stride: 2, padding: 2).elements(),
    ]
  }

  @Test func piecesAreThoseOfTheWholeAndTheSameForAllThreads() throws {
    let threads = try Runtime.threads()
    defer { try? Runtime.setThreads(threads) }
    try withoutGradients {
      let whole = try Runtime.withOneThread { try outputs() }
      let pieces = try [1, 2, 3].map { count in
        try Runtime.setThreads(count)
        let found = try ConvolutionPieces.run {
          #expect(try Runtime.threads() == 1)
          return try outputs()
        }
        #expect(try Runtime.threads() == count)
        return found
      }
      #expect(pieces[1] == pieces[0] && pieces[2] == pieces[0])
      for (pieces, whole) in zip(pieces[0], whole) {
        #expect(pieces.count == whole.count)
        #expect(zip(pieces, whole).allSatisfy { abs($0 - $1) < 1e-3 })
      }
    }
  }

  @Test func whatAPieceThrowsIsThrown() throws {
    let input = try Tensor.uniform([1, 48, 32, 32], in: -1...1, seed: 1)
    let weight = try Tensor.uniform([100, 47, 3, 3], in: -1...1, seed: 2)
    #expect(throws: TorchError.self) {
      _ = try ConvolutionPieces.run { try withoutGradients { try input.convolved(weight: weight, bias: nil, stride: 1, padding: 1) } }
    }
  }
}
