public import Registry
public import Torch

/// A model as a configuration describes it, ready to be built.
public struct ModelPlan: Sendable {
  /// The loss that trains it.
  public let loss: Component<LossKind>
  private let make: @Sendable (SeedSequence) throws -> any CompressionModel

  /// Creates a plan.
  public init(loss: Component<LossKind>, make: @escaping @Sendable (SeedSequence) throws -> any CompressionModel) {
    self.loss = loss
    self.make = make
  }

  /// Builds the model with the initial weights of `seed`.
  public func build(seed: UInt64) throws -> any CompressionModel { try make(SeedSequence(seed)) }
}
