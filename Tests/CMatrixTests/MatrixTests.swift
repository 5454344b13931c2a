import CMatrix
import Testing

/// Products of matrices and vectors against plain loops.
struct MatrixTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var inputs: Int
    var blocks: Int
    var count: Int
    /// From one vector to the next.
    var stride: Int
    /// Inputs of the matrix before those that are used.
    var skipped = 0
    var testDescription: String { "\(count) vectors \(stride) apart, \(inputs) inputs from \(skipped), \(blocks) blocks" }

    var weights: [Float] { Self.numbers(blocks * (inputs + skipped) * MatrixTests.block, seed: 1) }
    var vectors: [Float] { Self.numbers(max(count - 1, 0) * stride + inputs, seed: 2) }
    var begin: [Float] { Self.numbers(count * blocks * MatrixTests.block, seed: 3) }

    /// Numbers of different sizes and signs, so that another order of sums shows.
    static func numbers(_ count: Int, seed: UInt64) -> [Float] {
      var state = seed &* 0x9E37_79B9_7F4A_7C15
      return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let whole = Float(Int32(truncatingIfNeeded: state >> 32))
        return whole * 0x1p-31 * (state & 0x1000_0000 == 0 ? 1 : 0.01)
      }
    }
  }

  static let block = Int(BP_MATRIX_BLOCK)

  /// Every split into tiles, parts that end early, one output block and several, vectors that overlap.
  static let cases: [Case] = {
    var cases: [Case] = []
    for count in 0...26 { cases.append(Case(inputs: 37, blocks: 3, count: count, stride: 37)) }
    for inputs in [0, 1, 31, 32, 33, 64, 100, 200] {
      for count in [1, 2, 3, 4, 6, 12] { cases.append(Case(inputs: inputs, blocks: 2, count: count, stride: inputs)) }
    }
    for blocks in 1...9 {
      for count in 1...12 { cases.append(Case(inputs: 50, blocks: blocks, count: count, stride: 10, skipped: 5)) }
    }
    cases.append(Case(inputs: 40, blocks: 0, count: 3, stride: 40))
    return cases
  }()

  /// In the variant that is given, or in the one that is chosen by itself.
  private func product(_ example: Case, variant: Int32? = nil) -> [Float] {
    var result = example.begin
    let (weights, vectors) = (example.weights, example.vectors)
    weights.withUnsafeBufferPointer { weights in
      vectors.withUnsafeBufferPointer { vectors in
        result.withUnsafeMutableBufferPointer { result in
          guard let weights = weights.baseAddress, let vectors = vectors.baseAddress, let result = result.baseAddress else { return }
          let (first, stride) = (weights + example.skipped * Self.block, Int64((example.inputs + example.skipped) * Self.block))
          let (blocks, inputs, count) = (Int64(example.blocks), Int64(example.inputs), Int64(example.count))
          let (vectorStride, width) = (Int64(example.stride), Int64(example.blocks * Self.block))
          if let variant {
            bp_matrix_accumulate_in(variant, first, stride, blocks, inputs, vectors, vectorStride, result, width, count)
          } else {
            bp_matrix_accumulate(first, stride, blocks, inputs, vectors, vectorStride, result, width, count)
          }
        }
      }
    }
    return result
  }

  /// As the header states it: parts of 32, in the order of the inputs, products rounded first.
  private func expected<Number: BinaryFloatingPoint>(_ example: Case, in type: Number.Type, part: Int) -> [Number] {
    let (weights, vectors) = (example.weights, example.vectors)
    let width = example.blocks * Self.block
    return example.begin.indices.map { place in
      let (vector, output) = (place / width, place % width)
      var sum = Number(example.begin[place])
      for start in stride(from: 0, to: example.inputs, by: part) {
        var partial = Number(0)
        for input in start..<min(start + part, example.inputs) {
          let row = output / Self.block * (example.inputs + example.skipped) + example.skipped + input
          let product = Number(weights[row * Self.block + output % Self.block]) * Number(vectors[vector * example.stride + input])
          partial += product
        }
        sum += partial
      }
      return sum
    }
  }

  @Test(arguments: cases)
  func sumsRunInTheStatedOrder(example: Case) {
    let expected = expected(example, in: Float.self, part: Int(BP_MATRIX_PART)).map(\.bitPattern)
    #expect(product(example).map(\.bitPattern) == expected)
    for variant in 0..<bp_matrix_variants() {
      #expect(product(example, variant: variant).map(\.bitPattern) == expected, "variant \(variant)")
    }
  }

  @Test(arguments: cases)
  func sumsAreNearThoseOf64Bits(example: Case) {
    let expected = expected(example, in: Double.self, part: Int.max / 2)
    for (found, wanted) in zip(product(example), expected) { #expect(abs(Double(found) - wanted) < 3e-6) }
  }

  /// The numbers are such that one sum after the other, or fused operations, would have other bits: the tests above can fail.
  @Test func theOrderMatters() {
    let example = Case(inputs: 200, blocks: 1, count: 1, stride: 200)
    #expect(expected(example, in: Float.self, part: 32) != expected(example, in: Float.self, part: 200))
    let fused = (0..<Self.block).map { output in
      (0..<20).reduce(Float(0)) { $0.addingProduct(example.weights[$1 * Self.block + output], example.vectors[$1]) }
    }
    let rounded = (0..<Self.block).map { output in
      (0..<20).reduce(Float(0)) { $0 + example.weights[$1 * Self.block + output] * example.vectors[$1] }
    }
    #expect(fused != rounded)
  }

  static let special: [Float] = [.nan, -0.0, 0, -3, 2.5, -.infinity, .infinity, -.leastNonzeroMagnitude]

  /// Every variant, with what is not a number, both zeros and lengths that fill no register.
  @Test(arguments: [0, 1, 3, 16, 37])
  func numbersBelowZeroAreScaled(count: Int) {
    let (slope, numbers) = (Float(0.01), (0..<count).map { Self.special[$0 % Self.special.count] })
    let expected = numbers.map { $0 > 0 ? $0 : $0 * slope }
    for variant in -1..<bp_matrix_variants() {
      var found = numbers
      found.withUnsafeMutableBufferPointer { found in
        if variant < 0 {
          bp_matrix_rectify(found.baseAddress, Int64(count), slope)
        } else {
          bp_matrix_rectify_in(variant, found.baseAddress, Int64(count), slope)
        }
      }
      for (found, wanted) in zip(found, expected) {
        #expect(found.bitPattern == wanted.bitPattern || (found.isNaN && wanted.isNaN), "variant \(variant)")
      }
    }
  }
}
