public import Images

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// SSIMULACRA 2 of 8-bit sRGB pictures, at most 100 (identical), as version 2.1 of the metric defines it.
///
/// 90 is visually lossless, 70 high quality, 50 medium, 30 low; heavy distortions have negative values. At six scales (means of 2×2 samples in linear
/// light, borders repeated) both pictures are taken to the opsin colours X, Y, B − Y of JPEG XL, and three maps are made for each colour:
///
///     similarity  d = max(0, 1 − (1 − (μx − μy)²)·(2·σxy + C2) / (σx² + σy² + C2))      C2 = 0.0009
///     ringing     max(0,  e)        e = (1 + |y − μy|) / (1 + |x − μx|) − 1
///     blurring    max(0, −e)
///
/// with means and variances in a Gaussian window, σ = 1.5. Of each map the mean and the 4-norm are taken; a weighted sum of the 108 numbers
/// goes through a cubic polynomial and a power. A scale is left out where the one before has a side below 8 pixels.
///
/// Sneyers: "SSIMULACRA 2", Cloudinary, 2022 and 2023. Constants and weights are those of the public description and reference program,
/// github.com/cloudinary/ssimulacra2 (BSD-3-Clause), version 2.1. The window is that of its recursive filter, applied here as a sum.
public struct SSIMULACRA2: ImageMetric {
  /// The shortest side for which the measure is defined.
  public static let smallestSide = 8

  private static let scales = 6

  /// Creates the measure.
  public init() {}

  /// `ssimulacra2`.
  public var key: String { "ssimulacra2" }

  /// The sizes for which it is defined.
  public var requirement: String { "both sides of at least 8 pixels" }

  /// The name.
  public var name: String { "SSIMULACRA 2.1" }

  /// Returns the score, at most 100; nil when a side has fewer than 8 pixels.
  ///
  /// - Throws: ``MetricError`` when the pictures differ in size.
  public func value(of reconstruction: Image, original: Image) throws(MetricError) -> Double? {
    try MetricError.check(reconstruction, original)
    guard min(original.width, original.height) >= Self.smallestSide else { return nil }
    var pictures = (original: LinearPicture(original), copy: LinearPicture(reconstruction))
    var norms: [[OpsinComparison]] = []
    for scale in 0..<Self.scales {
      // As in the reference program, the size is asked for before the halving.
      guard min(pictures.original.width, pictures.original.height) >= Self.smallestSide else { break }
      if scale > 0 { pictures = (pictures.original.halved(), pictures.copy.halved()) }
      norms.append(zip(pictures.original.opsin(), pictures.copy.opsin()).map { OpsinComparison($0, $1) })
    }
    return Self.score(norms)
  }

  /// The score of the comparisons, by scale and colour.
  ///
  /// Weights are taken in succession, whatever the number of scales.
  private static func score(_ norms: [[OpsinComparison]]) -> Double {
    var weights = weights[...]
    var sum = 0.0
    for colour in 0..<3 {
      for scale in norms {
        for part in scale[colour].parts { sum += (weights.popFirst() ?? 0) * part }
      }
    }
    sum *= 0.9562382616834844
    let bent = sum * (2.326765642916932 + sum * (-0.020884521182843837 + sum * 6.248496625763138e-05))
    return bent > 0 ? 100 - 10 * pow(bent, 0.6276336467831387) : 100
  }
}
