import Testing

@testable import Weights

@Suite struct StoredTensorTests {
  private static let values: [Float] = [0, -0.0, 1, -2.5, .infinity, -.infinity, 0x1p-24, 65504]

  @Test(arguments: [ElementType.float16, .float64, .float32])
  func valuesThatFitSurvive(type: ElementType) {
    let tensor = StoredTensor(Self.values, shape: [2, 4]).converted(to: type)
    #expect(tensor.type == type)
    #expect(tensor.shape == [2, 4])
    #expect(tensor.bytes.count == 8 * type.byteCount)
    #expect(tensor.converted(to: .float32) == StoredTensor(Self.values, shape: [2, 4]))
  }

  @Test func notANumberStaysNotANumber() {
    for type in [ElementType.float16, .bfloat16, .float64] {
      let values = StoredTensor([Float.nan], shape: [1]).converted(to: type).floats
      #expect(values?.first?.isNaN == true)
    }
  }

  @Test func integersAreNotConverted() {
    let tensor = StoredTensor([1, -1] as [Int32], shape: [2])
    #expect(tensor.converted(to: .float16) == tensor)
    #expect(tensor.integers == [1, -1])
    #expect(tensor.floats == nil)
    #expect(StoredTensor(type: .bool, shape: [2], bytes: [1, 0]).integers == [1, 0])
    #expect(StoredTensor(type: .int8, shape: [1], bytes: [0xff]).integers == [-1])
    #expect(StoredTensor([1] as [Float], shape: [1]).integers == nil)
  }

  @Test func wideNumbersAreRoundedOnce() {
    // Rounded to a Float first, this would be a tie and go to the even neighbour below.
    let value = 1 + 0x1p-11 + 0x1p-40
    let bytes = withUnsafeBytes(of: value.bitPattern.littleEndian) { [UInt8]($0) }
    let tensor = StoredTensor(type: .float64, shape: [1], bytes: bytes)
    #expect(tensor.converted(to: .float16).bytes == [0x01, 0x3c])
    #expect(tensor.floats == [1 + 0x1p-11])
  }

  @Test(arguments: [([], 4), ([0, 5], 0), ([2, 3], 24), ([-1], nil), ([Int.max, 2], nil), ([Int.max], nil)] as [([Int], Int?)])
  func byteCounts(shape: [Int], count: Int?) {
    #expect(ElementCount.bytes(shape: shape, type: .float32) == count)
  }
}
