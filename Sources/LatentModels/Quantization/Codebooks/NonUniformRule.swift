public import Torch

/// Learned levels that are fitted in turns with the network.
///
/// A number is coded by the nearest level of its channel. The gradient of the distortion goes to the level, which so moves to the mean of what it stands
/// for (the condition of Lloyd and Max), and straight through to the latent. Cai, Zhang, "Deep image compression with iterative non-uniform quantization",
/// ICIP 2018: the network is trained without a quantizer first; then quantizer and network take turns, one fixed while the other is fitted.
/// Here a turn is a number of steps. In a turn of the levels no gradient reaches the encoder, in one of the network none reaches the levels; decoder
/// and probabilities are always trained. The paper fits the levels to the error of the latent, here they follow the model's own distortion.
public final class NonUniformRule: CodebookRule, TrainingStepFollower {
  /// What a step trains beside decoder and probabilities.
  enum Turn { case networkAlone, network, levels, both }

  private let warmupSteps: Int
  private let turnSteps: Int
  private(set) var turn: Turn

  /// Creates the rule.
  ///
  /// - Parameters:
  ///   - warmupSteps: the first steps, in which nothing is quantised.
  ///   - turnSteps: the steps of a turn, of which the levels have the first; 0 trains levels and network together.
  public init(warmupSteps: Int, turnSteps: Int) {
    self.warmupSteps = warmupSteps
    self.turnSteps = turnSteps
    turn = .both
    follow(step: 0)
  }

  /// Takes the turn of the step.
  public func follow(step: Int) {
    if step < warmupSteps {
      turn = .networkAlone
    } else if turnSteps == 0 {
      turn = .both
    } else {
      turn = ((step - warmupSteps) / turnSteps).isMultiple(of: 2) ? .levels : .network
    }
  }

  /// Returns the levels with their gradients, and ln p; in the first steps the vectors themselves.
  public func relaxed(
    _ vectors: Tensor, codebook: Codebook, noise: () throws -> Tensor
  ) throws -> (values: Tensor, logLikelihoods: Tensor) {
    let places = try withoutGradients { try self.places(of: vectors, codebook: codebook) }
    let logarithms = try logLikelihoods(at: places, codebook: codebook)
    let levels = try codebook.entries(at: places)
    switch turn {
    case .networkAlone: return (vectors, logarithms)
    case .network: return (try StraightThrough.apply(vectors) { try levels.detached() }, logarithms)
    case .levels: return (levels, logarithms)
    case .both: return (try levels + (vectors - vectors.detached()), logarithms)
    }
  }
}
