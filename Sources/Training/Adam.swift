public import Configuration
public import Torch
public import Weights

/// The optimiser Adam (Kingma, Ba: "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1).
public final class Adam {
  /// The settings under PyTorch's names.
  public struct Settings: ValidatedSettings {
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
  }

  private let settings: Settings
  private let names: [String]
  private let parameters: [Parameter]
  private let means: [Tensor]
  private let squares: [Tensor]
  private let step: Tensor

  /// Creates an optimiser for named parameters.
  public init(_ parameters: [(name: String, parameter: Parameter)], settings: Settings) throws {
    self.settings = settings
    names = parameters.map(\.name)
    self.parameters = parameters.map(\.parameter)
    means = try self.parameters.map { try $0.tensor.detached().zerosLike() }
    squares = try self.parameters.map { try $0.tensor.detached().zerosLike() }
    step = try Tensor(scalar: Float(0))
  }

  /// The learning rate that the settings name, before any schedule.
  public var baseRate: Double { settings.lr }

  /// Forgets the gradients.
  public func zeroGradients() throws {
    for parameter in parameters { try parameter.tensor.setGradient(nil) }
  }

  /// Scales the gradients so that their total norm is at most `limit`, as PyTorch's `clip_grad_norm_`; returns the norm before.
  @discardableResult
  public func clipGradients(to limit: Double) throws -> Double {
    let gradients = try parameters.compactMap { try $0.tensor.gradient() }
    guard !gradients.isEmpty else { return 0 }
    let norm = try Tensor.totalNorm(of: gradients).item()
    let factor = limit / (norm + 1e-6)
    if factor < 1 { try Tensor.scale(gradients, by: factor) }
    return norm
  }

  /// Updates the parameters that have a gradient, with the learning rate `rate`.
  public func update(rate: Double) throws {
    try withoutGradients {
      try step.assign(step + 1)
      var chosen: [Int] = []
      var gradients: [Tensor] = []
      for (index, parameter) in parameters.enumerated() {
        guard let gradient = try parameter.tensor.gradient() else { continue }
        chosen.append(index)
        gradients.append(gradient)
      }
      guard !chosen.isEmpty else { return }
      try Tensor.fusedAdam(
        chosen.map { parameters[$0].tensor }, gradients: gradients, means: chosen.map { means[$0] }, squares: chosen.map { squares[$0] },
        step: step, rate: rate, beta1: settings.beta1, beta2: settings.beta2, weightDecay: settings.weightDecay, epsilon: settings.eps)
    }
  }

  /// The moments and the step count, under `prefix`.
  public func storedState(prefix: String) throws -> [(name: String, tensor: StoredTensor)] {
    var state = [(name: "\(prefix)step", tensor: try step.stored())]
    for (index, name) in names.enumerated() {
      state.append(("\(prefix)\(name).exp_avg", try means[index].stored()))
      state.append(("\(prefix)\(name).exp_avg_sq", try squares[index].stored()))
    }
    return state
  }

  /// Overwrites the moments and the step count with stored ones.
  ///
  /// - Throws: ``CheckpointError/optimizerState(missing:)`` when one is missing or has another shape.
  public func load(_ state: StoredTensors, prefix: String) throws {
    func restore(_ target: Tensor, _ name: String) throws {
      guard let stored = state[name], stored.shape == target.shape else { throw CheckpointError.optimizerState(missing: name) }
      try target.assign(Tensor(stored))
    }
    try withoutGradients {
      try restore(step, "\(prefix)step")
      for (index, name) in names.enumerated() {
        try restore(means[index], "\(prefix)\(name).exp_avg")
        try restore(squares[index], "\(prefix)\(name).exp_avg_sq")
      }
    }
  }
}
