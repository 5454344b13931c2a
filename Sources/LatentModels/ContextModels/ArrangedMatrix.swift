import CMatrix

/// The weights of a layer in the order in which a product with a vector reads them.
///
/// The outputs are cut into blocks of `BP_MATRIX_BLOCK`; a block holds its weights input by input. What is beyond the last output is zero.
final class ArrangedMatrix {
  let inputs: Int
  /// The outputs with those that fill the last block.
  let paddedOutputs: Int
  private let weights: UnsafeMutablePointer<Float>

  private static let block = Int(BP_MATRIX_BLOCK)

  /// Arranges weights of which `source` holds those of output o and input g·members + m at first + o·outputStride + g·groupStride + m·memberStride.
  init(
    _ source: [Float], first: Int = 0, outputs: Int, outputStride: Int, groups: Int = 1, groupStride: Int = 0, members: Int,
    memberStride: Int = 1
  ) {
    inputs = groups * members
    paddedOutputs = Self.padded(outputs)
    weights = FloatRows.allocate(inputs * paddedOutputs)
    source.withUnsafeBufferPointer { source in
      for output in 0..<outputs {
        var target = output / Self.block * inputs * Self.block + output % Self.block
        for group in 0..<groups {
          var place = first + output * outputStride + group * groupStride
          for _ in 0..<members {
            weights[target] = source[place]
            target += Self.block
            place += memberStride
          }
        }
      }
    }
  }

  deinit { weights.deallocate() }

  /// The next multiple of the block from `outputs` on.
  static func padded(_ outputs: Int) -> Int { (outputs + block - 1) / block * block }

  /// Adds the product with each of `count` vectors to a row of `result`, whose rows are `paddedOutputs` wide.
  ///
  /// Every sum runs over the inputs in their order; each product is rounded first.
  ///
  /// - Parameters:
  ///   - range: the inputs that the vectors hold; the others count as nothing.
  ///   - stride: from one vector to the next.
  func accumulate(
    _ vectors: UnsafePointer<Float>, inputs range: Range<Int>, count: Int = 1, stride: Int = 0, into result: UnsafeMutablePointer<Float>
  ) {
    guard count > 0 else { return }
    defer { withExtendedLifetime(self) {} }
    bp_matrix_accumulate(
      weights + range.lowerBound * Self.block, Int64(inputs * Self.block), Int64(paddedOutputs / Self.block), Int64(range.count), vectors,
      Int64(stride), result, Int64(paddedOutputs), Int64(count))
  }
}
