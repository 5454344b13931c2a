/// A place on the axis of rates of a model: 0 is the lowest rate that it was trained for, 1 the next, and so on; between them it interpolates.
public struct RatePosition: Sendable, Equatable, Comparable {
  /// The place, not negative.
  public let position: Double

  /// Creates a point; whether a model has it, its ``RateAxis`` says.
  public init(_ position: Double) { self.position = position }

  /// The steps from one trained rate to the next that a coded picture can state.
  public static let codedSteps = 1024

  /// The nearest place that a coded picture can state, in steps from the lowest rate.
  public var coded: Int { Int((min(max(position, 0), 0x1p20) * Double(Self.codedSteps)).rounded()) }

  /// Creates the point that a coded picture states.
  public init(coded: Int) { position = Double(coded) / Double(Self.codedSteps) }

  /// Whether a point has the lower rate.
  public static func < (left: RatePosition, right: RatePosition) -> Bool { left.position < right.position }
}
