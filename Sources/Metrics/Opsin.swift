/// The colours X, Y, B − Y of linear light, eight pixels at a time.
enum Opsin {
  typealias Vector = SIMD8<Float>

  private static let bias: Float = 0.0037930732552754493
  private static let biasRoot = Float(0.155954200549248620)

  /// Returns the colours, moved and scaled to about 0 … 1 as SSIMULACRA 2 wants them.
  @inline(__always)
  static func colours(_ red: Vector, _ green: Vector, _ blue: Vector) -> (x: Vector, y: Vector, b: Vector) {
    let long = response(red * 0.30 + green * 0.622 + blue * 0.078)
    let medium = response(red * 0.23 + green * 0.692 + blue * 0.078)
    let short = response(red * 0.24342268924547819 + green * 0.20476744424496821 + blue * 0.55180986650955360)
    let x = (long - medium) * 0.5
    let y = (long + medium) * 0.5
    return (x * 14 + 0.42, y + 0.01, short - y + 0.55)
  }

  @inline(__always)
  private static func response(_ mixed: Vector) -> Vector { cubeRoot(mixed + bias) - biasRoot }

  /// The cube root of positive numbers, to about one unit in the last place.
  ///
  /// A third of the bits of a number is a guess that is off by some per cent, and each step of Halley's method cubes the error.
  @inline(__always)
  static func cubeRoot(_ value: Vector) -> Vector {
    let bits = unsafeBitCast(value, to: SIMD8<UInt32>.self)
    // 1/4 + 1/16 + 1/64 + … = 1/3
    var third = (bits &>> 2) &+ (bits &>> 4)
    third = third &+ (third &>> 4)
    third = third &+ (third &>> 8)
    var root = unsafeBitCast(third &+ 709_958_130, to: Vector.self)
    for _ in 0..<2 {
      let cube = root * root * root
      root *= (cube + value + value) / (cube + cube + value)
    }
    return root
  }
}
