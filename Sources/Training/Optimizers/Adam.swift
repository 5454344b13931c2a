public import Configuration
public import Torch
public import Weights

/// The optimiser Adam (Kingma, Ba: "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1).
public final class Adam: Optimizer {
  /// The settings under PyTorch's names.
  public struct Settings: ValidatedSettings, OptimizerSettings {
    /// The learning rate, positive; the schedule multiplies it.
    public var lr = 1e-4
    /// The decay of the first moment, the running mean of the gradients, 0 to less than 1.
    public var beta1 = 0.9
    /// The decay of the second moment, the running mean of the squared gradients, 0 to less than 1.
    public var beta2 = 0.999
    /// ε, which is added to the denominator so that it is never 0.
    public var eps = 1e-8
    /// The weight of the L2 penalty that is added to the gradients; 0 adds none.
    public var weightDecay = 0.0

    /// Creates the defaults.
    public init() {}

    /// Creates settings with a learning rate.
    public init(lr: Double) { self.lr = lr }

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if !(lr > 0 && lr.isFinite) { found.append(("lr", "must be positive, found \(lr)")) }
      for (key, value) in [("beta1", beta1), ("beta2", beta2)] where !(value >= 0 && value < 1) {
        found.append((key, "must be in 0 ..< 1, found \(value)"))
      }
      return found
    }

    /// Creates the optimiser.
    public func optimizer(of parameters: [(name: String, parameter: Parameter)]) throws -> any Optimizer {
      try Adam(parameters, settings: self)
    }
  }

  /// Where the decay of the weights acts.
  enum Decay: Sendable {
    /// As a penalty that is added to the gradients: Adam.
    case penalty
    /// Directly on the weights: AdamW.
    case decoupled
  }

  private let settings: Settings
  private let decay: Decay
  private let means: [Tensor]
  private let squares: [Tensor]
  private let step: Tensor
  /// The parameters that it changes.
  public let parameters: OptimizedParameters

  /// Creates an optimiser for named parameters.
  public convenience init(_ parameters: [(name: String, parameter: Parameter)], settings: Settings) throws {
    try self.init(parameters, settings: settings, decay: .penalty)
  }

  init(_ parameters: [(name: String, parameter: Parameter)], settings: Settings, decay: Decay) throws {
    self.settings = settings
    self.decay = decay
    self.parameters = OptimizedParameters(parameters)
    means = try self.parameters.zeros()
    squares = try self.parameters.zeros()
    step = try Tensor(scalar: Float(0))
  }

  /// The learning rate that the settings name, before any schedule.
  public var baseRate: Double { settings.lr }

  /// Updates the parameters that have a gradient, with the learning rate `rate`.
  public func update(rate: Double) throws {
    try withoutGradients {
      try step.assign(step + 1)
      let (places, gradients) = try parameters.withGradients()
      guard !places.isEmpty else { return }
      let update = decay == .penalty ? Tensor.fusedAdam : Tensor.fusedAdamW
      try update(
        places.map { parameters.tensors[$0] }, gradients, places.map { means[$0] }, places.map { squares[$0] }, step, rate,
        AdamNumbers(beta1: settings.beta1, beta2: settings.beta2, weightDecay: settings.weightDecay, epsilon: settings.eps))
    }
  }

  /// The moments and the step count, under `prefix`.
  public func storedState(prefix: String) throws -> [(name: String, tensor: StoredTensor)] {
    var state = [(name: "\(prefix)step", tensor: try step.stored())]
    let first = try parameters.stored(means, prefix: prefix, suffix: "exp_avg")
    let second = try parameters.stored(squares, prefix: prefix, suffix: "exp_avg_sq")
    for (mean, square) in zip(first, second) { state += [mean, square] }
    return state
  }

  /// Overwrites the moments and the step count with stored ones.
  ///
  /// - Throws: ``CheckpointError/optimizerState(missing:)`` when one is missing or has another shape.
  public func load(_ state: StoredTensors, prefix: String) throws {
    try OptimizedParameters.restore(step, from: state, name: "\(prefix)step")
    try parameters.restore(means, from: state, prefix: prefix, suffix: "exp_avg")
    try parameters.restore(squares, from: state, prefix: prefix, suffix: "exp_avg_sq")
  }
}
