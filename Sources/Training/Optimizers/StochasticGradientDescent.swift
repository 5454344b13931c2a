public import Configuration
public import Torch
public import Weights

/// Stochastic gradient descent, with PyTorch's form of momentum (Sutskever et al.: "On the importance of initialization and momentum in deep
/// learning", ICML 2013, from which PyTorch differs in where the learning rate stands).
public final class StochasticGradientDescent: Optimizer {
  /// The settings under PyTorch's names.
  public struct Settings: ValidatedSettings, OptimizerSettings {
    /// The learning rate, positive; the schedule multiplies it.
    public var lr = 1e-3
    /// The share of the earlier updates that goes on, 0 to less than 1; 0 keeps none.
    public var momentum = 0.0
    /// The share by which a new gradient counts less in the momentum, 0 to 1.
    public var dampening = 0.0
    /// The weight of the L2 penalty that is added to the gradients; 0 adds none.
    public var weightDecay = 0.0
    /// Whether the momentum looks ahead; needs momentum and no dampening.
    public var nesterov = false

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if !(lr > 0 && lr.isFinite) { found.append(("lr", "must be positive, found \(lr)")) }
      if !(momentum >= 0 && momentum < 1) { found.append(("momentum", "must be in 0 ..< 1, found \(momentum)")) }
      if !(dampening >= 0 && dampening <= 1) { found.append(("dampening", "must be in 0 ... 1, found \(dampening)")) }
      if nesterov, momentum == 0 || dampening != 0 { found.append(("nesterov", "needs a positive momentum and no dampening")) }
      return found
    }

    /// Creates the optimiser.
    public func optimizer(of parameters: [(name: String, parameter: Parameter)]) throws -> any Optimizer {
      try StochasticGradientDescent(parameters, settings: self)
    }
  }

  private let settings: Settings
  private let buffers: [Tensor]
  /// The number of updates, float32 with the shape `[]`; at the first the buffers are filled.
  private let step: Tensor
  /// The parameters that it changes.
  public let parameters: OptimizedParameters

  /// Creates an optimiser for named parameters.
  public init(_ parameters: [(name: String, parameter: Parameter)], settings: Settings) throws {
    self.settings = settings
    self.parameters = OptimizedParameters(parameters)
    buffers = settings.momentum > 0 ? try self.parameters.zeros() : []
    step = try Tensor(scalar: Float(0))
  }

  /// The learning rate that the settings name, before any schedule.
  public var baseRate: Double { settings.lr }

  /// Updates the parameters that have a gradient, with the learning rate `rate`.
  public func update(rate: Double) throws {
    try withoutGradients {
      let isFirst = try step.item() == 0
      try step.assign(step + 1)
      let (places, gradients) = try parameters.withGradients()
      guard !places.isEmpty else { return }
      try Tensor.fusedSGD(
        places.map { parameters.tensors[$0] }, gradients: gradients, momentumBuffers: buffers.isEmpty ? [] : places.map { buffers[$0] },
        weightDecay: settings.weightDecay, momentum: settings.momentum, rate: rate, dampening: settings.dampening,
        nesterov: settings.nesterov, isFirst: isFirst)
    }
  }

  /// The momentum and the step count, under `prefix`.
  public func storedState(prefix: String) throws -> [(name: String, tensor: StoredTensor)] {
    try [(name: "\(prefix)step", tensor: step.stored())] + parameters.stored(buffers, prefix: prefix, suffix: "momentum_buffer")
  }

  /// Overwrites the momentum and the step count with stored ones.
  ///
  /// - Throws: ``CheckpointError/optimizerState(missing:)`` when one is missing or has another shape.
  public func load(_ state: StoredTensors, prefix: String) throws {
    try OptimizedParameters.restore(step, from: state, name: "\(prefix)step")
    if !buffers.isEmpty { try parameters.restore(buffers, from: state, prefix: prefix, suffix: "momentum_buffer") }
  }
}
