public import Configuration
public import Torch

/// The optimiser AdamW: Adam whose decay acts on the weights themselves (Loshchilov, Hutter: "Decoupled weight decay regularization",
/// ICLR 2019, algorithm 2).
public enum AdamW {
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
    /// The share of a weight, times the learning rate, by which it shrinks at each update.
    public var weightDecay = 0.01

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] { adam.problems() }

    private var adam: Adam.Settings {
      var settings = Adam.Settings(lr: lr)
      (settings.beta1, settings.beta2, settings.eps, settings.weightDecay) = (beta1, beta2, eps, weightDecay)
      return settings
    }

    /// Creates the optimiser.
    public func optimizer(of parameters: [(name: String, parameter: Parameter)]) throws -> any Optimizer {
      try Adam(parameters, settings: adam, decay: .decoupled)
    }
  }
}
