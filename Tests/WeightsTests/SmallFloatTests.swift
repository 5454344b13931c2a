import Testing

@testable import Weights

@Suite struct SmallFloatTests {
  @Test func everyPatternSurvivesARoundTrip() {
    for format in [SmallFloat.float16, .bfloat16] {
      let wrong = (UInt16.min...UInt16.max).filter { bits in
        let value = format.value(bits)
        return !value.isNaN && format.bits(nearest: value) != bits
      }
      #expect(wrong.isEmpty)
    }
  }

  @Test func bfloat16IsTheUpperHalfOfAFloat() {
    let wrong = (UInt16.min...UInt16.max).filter { bits in
      let float = Float(bitPattern: UInt32(bits) << 16)
      let value = SmallFloat.bfloat16.value(bits)
      return float.isNaN ? !value.isNaN : Double(float) != value
    }
    #expect(wrong.isEmpty)
  }

  #if !(os(macOS) && arch(x86_64))
    @Test func agreesWithFloat16() {
      var numbers = Numbers(state: 5)
      let patterns = (UInt16.min...UInt16.max).filter { bits in
        let expected = Float16(bitPattern: bits)
        return !expected.isNaN && SmallFloat.float16.value(bits) != Double(expected)
      }
      #expect(patterns.isEmpty)
      let wrong = (0..<20000).map { _ in Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &numbers)) }.filter { value in
        !value.isNaN && SmallFloat.float16.bits(nearest: Double(value)) != Float16(value).bitPattern
      }
      #expect(wrong.isEmpty)
    }
  #endif

  private static let float16Cases: [(Double, UInt16)] = [
    (1.0, 0x3c00), (-2.0, 0xc000), (65504.0, 0x7bff), (65519.99, 0x7bff), (65520.0, 0x7c00), (1e300, 0x7c00), (-1e300, 0xfc00),
    (0x1p-24, 0x0001), (0x1p-25, 0x0000), (0x1.000001p-25, 0x0001), (0x1.8p-24, 0x0002), (0x1.ff8p-15, 0x03ff), (0x1.ffcp-15, 0x0400),
    (0x1.ffep-15, 0x0400),
    (-0.0, 0x8000), (1 + 0x1p-11, 0x3c00), (1 + 0x3p-11, 0x3c02), (1 + 0x1p-11 + 0x1p-40, 0x3c01), (.leastNonzeroMagnitude, 0x0000),
  ]

  @Test(arguments: float16Cases)
  func float16Rounding(value: Double, bits: UInt16) {
    #expect(SmallFloat.float16.bits(nearest: value) == bits)
  }

  private static let bfloat16Cases: [(Double, UInt16)] = [
    (1.0, 0x3f80), (1 + 0x1p-8, 0x3f80), (1 + 0x3p-8, 0x3f82), (3.5e38, 0x7f80), (0x1p-133, 0x0001), (0x1p-134, 0x0000),
    (-0x1.8p-133, 0x8002),
    (.infinity, 0x7f80), (-.infinity, 0xff80), (.nan, 0x7fc0),
  ]

  @Test(arguments: bfloat16Cases)
  func bfloat16Rounding(value: Double, bits: UInt16) {
    #expect(SmallFloat.bfloat16.bits(nearest: value) == bits)
  }
}
