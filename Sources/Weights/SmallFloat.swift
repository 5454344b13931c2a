/// A binary floating-point format of 16 bits: 1 sign bit, then the exponent, then the fraction (IEEE 754 rules).
///
/// Written out instead of using `Float16`, which Swift lacks on Intel Macs and which has no counterpart for bfloat16.
struct SmallFloat {
  let exponentBits: Int
  let fractionBits: Int

  /// IEEE 754 binary16.
  static let float16 = SmallFloat(exponentBits: 5, fractionBits: 10)
  /// The upper half of a binary32.
  static let bfloat16 = SmallFloat(exponentBits: 8, fractionBits: 7)

  private var bias: Int { 1 << (exponentBits - 1) - 1 }
  private var smallestExponent: Int { 1 - bias }
  private var infinity: UInt16 { UInt16((1 << exponentBits - 1) << fractionBits) }

  /// Returns the bits of the nearest number of this format, ties to even, overflow to infinity.
  ///
  /// A `Float` converts to `Double` exactly, so this rounds once whichever of both the caller has.
  func bits(nearest value: Double) -> UInt16 {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    if value.isNaN { return sign | infinity | (1 << UInt16(fractionBits - 1)) }
    if value == 0 { return sign }
    if value.isInfinite || Int(value.exponent) > bias { return sign | infinity }
    let exponent = max(Int(value.exponent), smallestExponent)
    let scaled = Double(sign: .plus, exponent: fractionBits - exponent, significand: value.magnitude)
    // Above the smallest exponent the significand's leading one adds one to the exponent field, and so does a carry from rounding.
    let encoded = (exponent - smallestExponent) << fractionBits + Int(scaled.rounded(.toNearestOrEven))
    return sign | min(UInt16(encoded), infinity)
  }

  /// Returns the number with the given bits; exact.
  func value(_ bits: UInt16) -> Double {
    let sign: FloatingPointSign = bits & 0x8000 == 0 ? .plus : .minus
    let fraction = Int(bits) & (1 << fractionBits - 1)
    let field = Int(bits & 0x7fff) >> fractionBits
    if field == 1 << exponentBits - 1 {
      if fraction != 0 { return .nan }
      return sign == .minus ? -.infinity : .infinity
    }
    let significand = field == 0 ? fraction : fraction + 1 << fractionBits
    let exponent = max(field, 1) - bias - fractionBits
    return Double(sign: sign, exponent: exponent, significand: Double(significand))
  }
}
