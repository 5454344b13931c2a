#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The rates that a model was trained for, each with its λ, and what lies between them.
public struct RateAxis: Sendable, Equatable {
  /// λ of each point, from the lowest rate on; at least one, positive and rising.
  public let lambdas: [Double]
  /// Whether the model has rates between the points.
  public let isContinuous: Bool
  /// Whether a training draws rates between the points, too.
  public let isTrainedBetween: Bool

  /// Creates an axis.
  public init(lambdas: [Double], isContinuous: Bool = true, isTrainedBetween: Bool = false) {
    precondition(!lambdas.isEmpty, "an axis has a point")
    self.lambdas = lambdas
    self.isContinuous = isContinuous
    self.isTrainedBetween = isTrainedBetween
  }

  /// The points that were trained, from the lowest rate on.
  public var points: [RatePosition] { lambdas.indices.map { RatePosition(Double($0)) } }

  /// The point of the highest rate.
  public var last: RatePosition { RatePosition(Double(lambdas.count - 1)) }

  /// The two trained points around a point, and how far it is from the first to the second, 0 at the first.
  public struct Interval: Sendable, Equatable {
    /// The number of the trained point that is not above.
    public let lower: Int
    /// The number of the next one; that of the first where the share is 0.
    public let upper: Int
    /// From 0 up to but not including 1.
    public let share: Double

    /// Returns a number between two positive ones, the more of the second the larger the share: a^(1 − t)·b^t, and a itself at 0.
    public func interpolated(_ numbers: [Double]) -> Double {
      share == 0 ? numbers[lower] : pow(numbers[lower], 1 - share) * pow(numbers[upper], share)
    }
  }

  /// Returns where a point lies.
  ///
  /// - Throws: ``RateError`` when the model has no such point.
  public func interval(at point: RatePosition) throws(RateError) -> Interval {
    let position = point.position
    guard position >= 0, position <= Double(lambdas.count - 1) else { throw .noSuchPoint(position: position, last: lambdas.count - 1) }
    let lower = Int(position)
    let share = position - Double(lower)
    guard isContinuous || share == 0 else { throw .notContinuous(position: position) }
    return Interval(lower: lower, upper: share == 0 ? lower : lower + 1, share: share)
  }

  /// Returns λ of a point, between trained ones λ_a^(1 − t)·λ_b^t.
  ///
  /// - Throws: ``RateError`` when the model has no such point.
  public func lambda(at point: RatePosition) throws(RateError) -> Double { try interval(at: point).interpolated(lambdas) }
}

/// What is wrong with a rate that a model is asked for.
public enum RateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The axis ends before.
  case noSuchPoint(position: Double, last: Int)
  /// The model knows nothing between its points.
  case notContinuous(position: Double)
  /// The model has one rate.
  case fixedRate(model: String)
  /// The model has no place for a map of qualities.
  case noQualityMap

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .noSuchPoint(let position, let last): "there is no rate point \(position): the model has those from 0 to \(last)"
    case .notContinuous(let position): "the model has no rates between its rate points; take a whole number, not \(position)"
    case .fixedRate(let model): "\(model) has one rate; a rate point belongs to a model with a rate control (model.init_args.rate_control)"
    case .noQualityMap:
      "the model has one quality for a whole picture; a map belongs to a model with rate_control.SpatialFeatureTransform"
    }
  }
}
