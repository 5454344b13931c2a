/// Coding tables of a symmetric density of mean zero convolved with a unit box, one row for each standard deviation.
///
/// P(k) = F((k + ½)/s) − F((k − ½)/s) for k = −c…c with the cumulative F of standard deviation 1, where c = ⌈d·s⌉ and d is the distance beyond which both
/// tails hold a given mass. For Gaussians ``GaussianTables`` has the rows of CompressAI, which differ in the last bits.
public enum DistributionTables {
  /// Builds the tables of some standard deviations.
  ///
  /// - Throws: ``EntropyCodingError`` when a scale is not positive, not larger than the one before, or needs more than 65535 symbols.
  public static func make(
    _ distribution: StandardDistribution, scales: [Float], tailMass: Double
  ) throws(EntropyCodingError) -> CodingTables {
    let distance = distribution.tailDistance(mass: tailMass)
    var rows: [[Int32]] = []
    var offsets: [Int32] = []
    for (position, scale) in scales.enumerated() {
      let center = (Double(scale) * distance).rounded(.up)
      guard scale > (position == 0 ? 0 : scales[position - 1]), center <= Double(GaussianTables.largestCenter) else {
        throw .scale(position: position, value: scale)
      }
      rows.append(try QuantizedCDF.make(pmf: probabilities(distribution, scale: Double(scale), center: Int(center))))
      offsets.append(-Int32(center))
    }
    return try CodingTables(rows: rows, offsets: offsets)
  }

  /// The probabilities of −center…center and of the tails.
  private static func probabilities(_ distribution: StandardDistribution, scale: Double, center: Int) -> [Float] {
    let edge = distribution.cumulative(-(Double(center) + 0.5) / scale)
    // Both halves from the lower tail, where differences are exact.
    let half = (0...center).map { value in
      let upper = distribution.cumulative((0.5 - Double(value)) / scale)
      return Float(upper - distribution.cumulative((-0.5 - Double(value)) / scale))
    }
    return half.dropFirst().reversed() + half + [Float(2 * edge)]
  }
}
