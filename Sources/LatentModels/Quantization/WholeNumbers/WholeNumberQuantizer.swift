public import Torch

/// What stands for a latent of whole numbers while a model is trained.
public struct RelaxedLatent {
  /// What the synthesis gets.
  public let values: Tensor
  /// Where the density of the entropy model is taken, for the rate.
  public let rated: Tensor

  /// Creates the pair.
  public init(values: Tensor, rated: Tensor) {
    self.values = values
    self.rated = rated
  }
}

/// A quantizer that codes each element as a centre plus a whole number, and differs from others in training alone.
///
/// In use an element is rounded, whichever quantizer trained the model: ŷ = round(y − c) + c. So the payloads are those of the entropy model, and
/// every entropy model of whole numbers fits.
public protocol WholeNumberQuantizer: Module {
  /// Returns what stands for the rounded latent in training.
  ///
  /// - Parameters:
  ///   - latent: y, `[N, C, H, W]`.
  ///   - center: c, broadcast to the latent; nil for zero.
  ///   - noise: draws U(−½, ½) of the latent's shape.
  func relaxed(_ latent: Tensor, around center: Tensor?, noise: () throws -> Tensor) throws -> RelaxedLatent

  /// Whether the synthesis gets rounded numbers in training, too.
  var roundsInTraining: Bool { get }
}

extension WholeNumberQuantizer {
  /// False: noise stands for rounding.
  public var roundsInTraining: Bool { false }

  /// None: most quantizers of whole numbers have nothing to learn.
  public var members: [Member] { [] }

  /// The quantizer as a part of a model, where the model has to tell it something.
  package var asMembers: [Member] { self is any TrainingStepFollower || !members.isEmpty ? [.module("quantizer", self)] : [] }
}
