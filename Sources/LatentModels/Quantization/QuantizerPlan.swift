public import Torch

/// A quantizer as a configuration describes it, ready to be built; what ``QuantizerEntries`` make.
public struct QuantizerPlan: Sendable {
  /// What a quantizer asks of the entropy model.
  public enum Form: Sendable {
    /// Whole numbers around a centre, which every entropy model of whole numbers codes.
    case wholeNumbers(@Sendable () -> any WholeNumberQuantizer)
    /// Whole numbers after an offset of each element, which needs tables for each offset: an entropy bottleneck has them.
    case dithered(@Sendable (EntropyBottleneck) throws -> any LatentCoding)
    /// Entries of its own, `dimension` numbers each, with probabilities of its own; made for a number of channels.
    case codebook(dimension: Int, @Sendable (_ channels: Int, SeedSequence) throws -> any LatentCoding)
    /// Entries of its own on several levels, for vectors of equal parts of the channels; the coarsest level divides the sides by `reduction`.
    case cascade(groups: Int, reduction: Int, @Sendable (_ channels: Int, SeedSequence) throws -> any LatentCoding)
  }

  /// The class path, for errors.
  public let classPath: String
  /// What it asks of the entropy model.
  public let form: Form

  /// Creates a plan.
  public init(_ classPath: String, _ form: Form) {
    self.classPath = classPath
    self.form = form
  }

  /// Whether it is a matter of whole numbers alone.
  public var isOfWholeNumbers: Bool { if case .wholeNumbers = form { true } else { false } }

  /// Whether it brings the probabilities of what it codes.
  public var hasOwnProbabilities: Bool {
    switch form {
    case .wholeNumbers, .dithered: false
    case .codebook, .cascade: true
    }
  }

  /// By which number it divides the sides of the latent.
  public var reduction: Int { if case .cascade(_, let reduction, _) = form { reduction } else { 1 } }

  /// The quantizer of the papers that made rounding trainable, and of every model that names none.
  public static let additiveNoise = QuantizerPlan("quantizer.AdditiveNoise", .wholeNumbers { AdditiveNoiseQuantizer() })

  /// Why the latent of a conditional entropy model cannot be quantised so; nil where it can.
  public var conditionalProblem: String? {
    let remedy = "name models.FactorizedPrior, or a quantizer of whole numbers here, such as quantizer.Mixed"
    return switch form {
    case .wholeNumbers: nil
    case .dithered:
      "\(classPath) shifts each element by an offset of its own, and the Gaussians of this model have tables for whole numbers without one; \(remedy)"
    case .codebook, .cascade:
      "\(classPath) codes the numbers of its own entries with probabilities of its own, and the Gaussians of this model describe whole numbers; \(remedy)"
    }
  }
}
