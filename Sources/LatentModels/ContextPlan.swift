public import Torch

/// The sizes that a context model is built for.
public struct ContextSizes: Sendable, Equatable {
  /// The channels of the latent, M.
  public let channels: Int
  /// The channels of side information, K; 0 for none.
  public let hyperChannels: Int
  /// How many numbers describe the density of an element, P.
  public let parametersPerElement: Int

  /// Creates sizes.
  public init(channels: Int, hyperChannels: Int, parametersPerElement: Int) {
    (self.channels, self.hyperChannels, self.parametersPerElement) = (channels, hyperChannels, parametersPerElement)
  }
}

/// A context model as a configuration describes it, ready to be built; what ``ContextEntries`` make.
public struct ContextPlan: Sendable {
  /// The class path, for errors.
  public let classPath: String
  private let reason: @Sendable (ContextSizes, any DensityPlan) -> String?
  private let make: @Sendable (ContextSizes, any DensityPlan, SeedSequence) throws -> any ConditionalCoding

  /// Creates a plan.
  ///
  /// - Parameters:
  ///   - problem: says why the context model cannot be built for some sizes and densities; nil where it can.
  ///   - make: builds it.
  public init(
    _ classPath: String, problem: @escaping @Sendable (ContextSizes, any DensityPlan) -> String? = { _, _ in nil },
    make: @escaping @Sendable (ContextSizes, any DensityPlan, SeedSequence) throws -> any ConditionalCoding
  ) {
    self.classPath = classPath
    reason = problem
    self.make = make
  }

  /// Creates the plan of a context model that codes in groups.
  public init(
    grouped classPath: String, streams: GroupCoding.Streams = .one,
    problem: @escaping @Sendable (ContextSizes, any DensityPlan) -> String? = { _, _ in nil },
    make: @escaping @Sendable (ContextSizes, SeedSequence) throws -> any GroupedContext
  ) {
    self.init(classPath, problem: problem) { sizes, density, seeds in
      GroupCoding(try make(sizes, seeds), density: try density.makeDensity(), streams: streams)
    }
  }

  /// Why it cannot be built; nil where it can.
  public func problem(_ sizes: ContextSizes, density: any DensityPlan) -> String? { reason(sizes, density) }

  /// Builds the coding with initial weights drawn from `seeds`.
  public func build(_ sizes: ContextSizes, density: any DensityPlan, seeds: SeedSequence) throws -> any ConditionalCoding {
    try make(sizes, density, seeds)
  }
}
