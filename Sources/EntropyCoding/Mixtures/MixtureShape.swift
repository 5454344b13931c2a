/// What a mixture is made of: the distribution of each component.
public struct MixtureShape: Sendable, Equatable {
  /// The components, 1 to 16.
  public let components: [StandardDistribution]
  /// The least standard deviation of a component; smaller ones count as it.
  public let scaleBound: Float

  /// Creates a shape.
  public init(_ components: [StandardDistribution], scaleBound: Float = 0.11) {
    precondition(1...16 ~= components.count, "a mixture has 1 to 16 components")
    self.components = components
    self.scaleBound = scaleBound
  }

  /// The numbers that describe one element: for each component the logarithm of its weight up to a constant, its mean and its standard deviation.
  public var parametersPerElement: Int { 3 * components.count }

  /// How far from its mean, in standard deviations, a component has less than half of the least probability of 16 bits on each side.
  static func reach(_ component: StandardDistribution) -> Double {
    switch component {
    case .gaussian: 4.4
    case .laplacian: 7.9
    case .logistic: 6.6
    }
  }
}
