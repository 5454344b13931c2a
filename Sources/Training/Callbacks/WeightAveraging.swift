public import Configuration
import Models
import Torch
import Weights

/// Keeps a running mean of the weights and validates with it; `callbacks.WeightAveraging`.
///
/// After each update θ̄ ← d·θ̄ + (1 − d)·θ with the decay d (Polyak, Juditsky: "Acceleration of stochastic approximation by averaging", SIAM
/// J. Control Optim. 30, 1992, in its exponential form). Checkpoints hold the mean beside the weights; `test` and `export` take the mean.
public struct WeightAveraging: TrainingCallback, Equatable {
  /// The settings, with the names of Lightning's `EMAWeightAveraging`.
  public struct Settings: ValidatedSettings {
    /// d, the share of the mean that stays at each update, 0 to less than 1.
    public var decay = 0.999
    /// The number of steps between two updates of the mean.
    public var updateEveryNSteps = 1
    /// The number of steps before the mean begins; it begins with the weights of then.
    public var updateStartingAtStep = 0

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if !(decay >= 0 && decay < 1) { found.append(("decay", "must be in 0 ..< 1, found \(decay)")) }
      if updateEveryNSteps < 1 { found.append(("updateEveryNSteps", "must be positive, found \(updateEveryNSteps)")) }
      if updateStartingAtStep < 0 { found.append(("updateStartingAtStep", "must not be negative, found \(updateStartingAtStep)")) }
      return found
    }
  }

  let settings: Settings

  /// Creates the callback.
  public init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Starts without a mean.
  public func start(_ run: TrainingRun) -> any RunningCallback { Running(settings: settings, model: run.state.model) }

  private final class Running: RunningCallback {
    private let settings: Settings
    private let names: [String]
    private let weights: [Tensor]
    private var means: [Tensor]?
    private var kept: [Tensor]?

    init(settings: Settings, model: any CompressionModel) {
      self.settings = settings
      let parameters = model.namedParameters()
      names = parameters.map(\.name)
      weights = parameters.map(\.parameter.tensor)
    }

    let name = ModelWeights.averageOwner

    func stepEnded(_ report: StepReport, run: TrainingRun) throws {
      guard report.step > settings.updateStartingAtStep, report.step.isMultiple(of: settings.updateEveryNSteps) else { return }
      try withoutGradients {
        if let means {
          try Tensor.interpolate(means, towards: weights, by: 1 - settings.decay)
        } else {
          means = try weights.map { try $0.detached().copy() }
        }
      }
    }

    func validationStarts(run: TrainingRun) throws {
      guard let means else { return }
      try withoutGradients {
        kept = try weights.map { try $0.detached().copy() }
        for (weight, mean) in zip(weights, means) { try weight.assign(mean) }
      }
    }

    func validationStops(run: TrainingRun) throws {
      guard let kept else { return }
      try withoutGradients {
        for (weight, value) in zip(weights, kept) { try weight.assign(value) }
      }
      self.kept = nil
    }

    func state() throws -> CallbackState {
      guard let means else { return CallbackState() }
      return CallbackState(tensors: StoredTensors(try zip(names, means).map { ($0, try $1.stored()) }))
    }

    func restore(_ state: CallbackState, run: TrainingRun) throws {
      guard !state.tensors.isEmpty else { return }
      means = try zip(names, weights).map { name, weight in
        guard let stored = state.tensors[name], stored.shape == weight.shape else {
          throw CheckpointError.optimizerState(missing: "\(self.name).\(name)")
        }
        return try Tensor(stored).to(weight.device)
      }
    }
  }
}
