/// Student's t distribution, for intervals of means of few values.
public enum StudentT {
  /// The 97.5 % quantile: half the width of a 95 % interval in standard errors.
  ///
  /// Cornish–Fisher expansion about the normal quantile (Abramowitz and Stegun, 26.7.5); exact values for 1 and 2 degrees of freedom.
  public static func quantile975(degreesOfFreedom: Int) -> Double {
    let z = 1.959963984540054
    switch degreesOfFreedom {
    case ...0: return .infinity
    case 1: return 12.706204736432095
    case 2: return 4.302652729911275
    case 3: return 3.182446305284263
    case 4: return 2.776445105197793
    default:
      let n = Double(degreesOfFreedom)
      let z2 = z * z
      let g1 = z * (z2 + 1) / 4
      let g2 = z * (5 * z2 * z2 + 16 * z2 + 3) / 96
      let g3 = z * (3 * z2 * z2 * z2 + 19 * z2 * z2 + 17 * z2 - 15) / 384
      let g4 = z * (79 * z2 * z2 * z2 * z2 + 776 * z2 * z2 * z2 + 1482 * z2 * z2 - 1920 * z2 - 945) / 92160
      return z + g1 / n + g2 / (n * n) + g3 / (n * n * n) + g4 / (n * n * n * n)
    }
  }
}
