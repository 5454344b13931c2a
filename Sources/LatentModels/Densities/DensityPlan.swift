/// A family of densities as a configuration describes it, ready to be built.
public protocol DensityPlan: Sendable {
  /// The class path, for errors.
  var classPath: String { get }
  /// How many numbers describe an element, P.
  var parametersPerElement: Int { get }

  /// Builds the family, without tables.
  func makeDensity() throws -> any ElementDensity
}

extension GaussianConditionalPlan: DensityPlan {
  /// `prior.GaussianConditional`.
  public var classPath: String { "prior.GaussianConditional" }
  /// Two: the scale and the mean.
  public var parametersPerElement: Int { 2 }

  /// Builds Gaussians whose scales come first.
  public func makeDensity() throws -> any ElementDensity { GaussianDensity(try build()) }
}

/// Gaussians with their two numbers in either order.
public struct GaussianDensityPlan: DensityPlan {
  private let conditional: GaussianConditionalPlan
  private let order: GaussianDensity.Order

  /// Creates a plan.
  public init(_ conditional: GaussianConditionalPlan, order: GaussianDensity.Order = .scalesFirst) {
    (self.conditional, self.order) = (conditional, order)
  }

  /// `prior.GaussianConditional`.
  public var classPath: String { conditional.classPath }
  /// Two: the scale and the mean.
  public var parametersPerElement: Int { 2 }

  /// Builds the Gaussians.
  public func makeDensity() throws -> any ElementDensity { GaussianDensity(try conditional.build(), order: order) }
}
