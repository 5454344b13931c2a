#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Coding tables of zero-mean Gaussians convolved with a unit box, one row for each scale.
///
/// The conditional model of the scale hyperprior (Ballé et al. 2018). With Φ the normal distribution function,
/// P(k) = Φ((½ − |k|)/s) − Φ((−½ − |k|)/s) for k = −c…c, where c = ⌈d·s⌉ and d is the distance beyond which both tails hold a given mass:
/// 6.1094 for 10⁻⁹. The arithmetic is that of 32-bit floating point, as in CompressAI, because the tables must agree bit for bit.
public struct GaussianTables: Sendable, Equatable {
  /// The scales (standard deviations), increasing.
  public let scales: [Float]
  /// One row for each scale.
  public let tables: CodingTables

  /// 64 scales from 0.11 to 256, evenly spaced in the logarithm.
  public static let defaultScales: [Float] = logarithmicScales(from: 0.11, through: 256, count: 64)

  /// The largest c, with which a row still has symbols for its tails.
  public static let largestCenter = 32767

  /// Returns −Φ⁻¹(½·`mass`): how many scales from the centre on both tails together hold a mass between 0 and 1.
  public static func tailDistance(mass: Double) -> Float {
    // Halving: erfc falls everywhere, and beyond 40 it is 0.
    var (low, high) = (0.0, 40.0)
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { return Float(middle) }
      if erfc(middle * 0.5.squareRoot()) > mass { low = middle } else { high = middle }
    }
  }

  /// Builds the tables of some scales whose tails hold a mass between 0 and 1.
  ///
  /// - Throws: ``EntropyCodingError`` when a scale is not positive, not larger than the one before, or needs more than 65535 symbols.
  public init(scales: [Float] = Self.defaultScales, tailMass: Double = 1e-9) throws(EntropyCodingError) {
    let tailDistance = Self.tailDistance(mass: tailMass)
    var rows: [[Int32]] = []
    var offsets: [Int32] = []
    for (position, scale) in scales.enumerated() {
      let center = (scale * tailDistance).rounded(.up)
      guard scale > (position == 0 ? 0 : scales[position - 1]), center <= Float(Self.largestCenter) else {
        throw .scale(position: position, value: scale)
      }
      rows.append(try QuantizedCDF.make(pmf: Self.probabilities(scale: scale, center: Int(center))))
      offsets.append(-Int32(center))
    }
    self.scales = scales
    tables = try CodingTables(rows: rows, offsets: offsets)
  }

  /// The row for a predicted scale: the first whose scale is not smaller, or else the last.
  ///
  /// Scales below the first one, and all that are not a number, thus have a row, too; with no rows at all the result is 0.
  public func index(ofScale scale: Float) -> Int32 {
    var low = 0
    var high = max(scales.count - 1, 0)
    while low < high {
      let middle = (low + high) / 2
      if scale <= scales[middle] { high = middle } else { low = middle + 1 }
    }
    return Int32(low)
  }

  /// Returns scales spaced evenly in the logarithm, both ends included, counted in 32-bit arithmetic from both ends with fused products, as PyTorch's `linspace` counts them.
  public static func logarithmicScales(from first: Double, through last: Double, count: Int) -> [Float] {
    guard count > 1 else { return count == 1 ? [Float(first)] : [] }
    let begin = Float(log(first))
    let end = Float(log(last))
    let step = (end - begin) / Float(count - 1)
    return (0..<count).map { index in
      let logarithm =
        index < count / 2 ? begin.addingProduct(step, Float(index)) : end.addingProduct(-step, Float(count - 1 - index))
      return Float(exp(Double(logarithm)))
    }
  }

  /// The probabilities of −center…center and of the tails.
  private static func probabilities(scale: Float, center: Int) -> [Float] {
    var probabilities: [Float] = []
    probabilities.reserveCapacity(2 * center + 2)
    var tail: Float = 0
    for value in -center...center {
      let distance = Float(abs(value))
      let upper = distribution((0.5 - distance) / scale)
      let lower = distribution((-0.5 - distance) / scale)
      if value == -center { tail = 2 * lower }
      probabilities.append(upper - lower)
    }
    probabilities.append(tail)
    return probabilities
  }

  /// Φ in 32 bits.
  ///
  /// The complementary error function itself is taken in 64 bits and rounded, so that its value does not depend on the system's
  /// mathematics library; the functions of 32 bits may differ in the last place.
  private static func distribution(_ value: Float) -> Float {
    let negatedRootHalf = -Float(0.5.squareRoot())
    return 0.5 * Float(erfc(Double(negatedRootHalf * value)))
  }
}
