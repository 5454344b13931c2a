public import LatentModels
public import Registry
public import Torch

/// An encoder or decoder as a configuration describes it, ready to be built.
public struct NetworkPlan: Sendable {
  /// How the sides of the output relate to those of the input.
  public enum Scale: Sendable, Equatable {
    /// The sides of the output are those of the input divided by the number.
    case reduces(Int)
    /// The sides of the output are those of the input times the number.
    case enlarges(Int)
  }

  /// The channels of the input.
  public let input: StatedNumber
  /// The channels of the output.
  public let output: StatedNumber
  /// The change of the sides.
  public let scale: Scale
  /// Its stages where what it builds is a ``StagedNetwork``; nil for others.
  public let stages: [NetworkStage]?
  /// How two latents are packed into the input; nil where it is one.
  public let inputPair: PairLayout?
  /// How two latents are packed into the output; nil where it is one.
  public let outputPair: PairLayout?
  private let make: @Sendable (SeedSequence) throws -> any Layer

  /// Creates a plan.
  ///
  /// - Parameters:
  ///   - stages: the stages, where what `make` builds is a ``StagedNetwork``.
  ///   - inputPair: how two latents are packed into the input.
  ///   - outputPair: how two latents are packed into the output.
  ///   - make: builds the network with initial weights drawn from a sequence.
  public init(
    input: StatedNumber, output: StatedNumber, scale: Scale, stages: [NetworkStage]? = nil, inputPair: PairLayout? = nil,
    outputPair: PairLayout? = nil, make: @escaping @Sendable (SeedSequence) throws -> any Layer
  ) {
    self.input = input
    self.output = output
    self.scale = scale
    self.stages = stages
    (self.inputPair, self.outputPair) = (inputPair, outputPair)
    self.make = make
  }

  /// Builds the network.
  public func build(seeds: SeedSequence) throws -> any Layer { try make(seeds) }
}
