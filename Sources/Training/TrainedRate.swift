import Datasets
public import Models
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The rate that an update of a model of several is for.
public struct TrainedRate: Sendable, Equatable {
  /// The rate; of a model that takes maps of qualities the mean of the map.
  public let position: RatePosition
  /// How the quality rises over the pictures of a model that takes maps; nil for one quality everywhere.
  let slope: QualitySlope?

  /// Creates a rate that is the same everywhere.
  public init(_ position: RatePosition) { self.init(position, slope: nil) }

  init(_ position: RatePosition, slope: QualitySlope?) { (self.position, self.slope) = (position, slope) }

  /// Draws the rate of a step, which follows from seed and step alone; nil for a model of one rate.
  ///
  /// Points are equally likely, and so are all places of an axis that is trained between them. Of a model that takes maps every other update on
  /// average has one that rises from one quality to another.
  static func drawn(for model: any CompressionModel, seed: UInt64, step: Int) -> TrainedRate? {
    guard let axis = (model as? any VariableRateModel)?.rateAxis else { return nil }
    var random = DeterministicRandom(seed: seed, purpose: .rate, step: step)
    guard axis.isTrainedBetween else { return TrainedRate(axis.points[random.integer(below: axis.points.count)]) }
    let position = RatePosition(random.unit() * axis.last.position)
    guard (model as? any QualityMapModel)?.takesQualityMaps == true, random.unit() < 0.5 else { return TrainedRate(position) }
    let slope = QualitySlope(first: random.unit(), last: random.unit(), angle: random.unit() * 2 * .pi)
    return TrainedRate(RatePosition((slope.first + slope.last) / 2 * axis.last.position), slope: slope)
  }
}

/// A quality that rises evenly in one direction.
struct QualitySlope: Sendable, Equatable {
  /// The quality in the corner where the direction begins, 0 to 1.
  let first: Double
  /// The quality in the corner where it ends.
  let last: Double
  /// The direction, in radians from that of the rows.
  let angle: Double

  /// Returns the map of pictures of a size, `[1, 1, height, width]`.
  func map(height: Int, width: Int) throws -> Tensor {
    let (x, y) = (cos(angle), sin(angle))
    // From −½ to ½ on each side, and so are the corners from −(|x| + |y|)/2 to the same above.
    let columns = try (Tensor.range(width) / Double(max(width - 1, 1)) - 0.5).reshaped([1, 1, 1, width])
    let rows = try (Tensor.range(height) / Double(max(height - 1, 1)) - 0.5).reshaped([1, 1, height, 1])
    let along = try (columns * x + rows * y) / (abs(x) + abs(y)) + 0.5
    return try (along * (last - first) + first).clamped(from: 0, to: 1)
  }
}
