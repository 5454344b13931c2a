public import Configuration

/// Ends a training when a metric of the validation has not improved over `patience` validations; `callbacks.EarlyStopping`, with Lightning's
/// names.
///
/// It counts validations, neither steps nor epochs.
public struct EarlyStopping: TrainingCallback, Equatable {
  /// The settings.
  public struct Settings: ValidatedSettings {
    /// The metric of the validation that is watched.
    public var monitor = MetricName.validationLoss
    /// Whether the metric should fall or rise.
    public var mode = MetricMode.min
    /// The least change that counts as an improvement.
    public var minDelta = 0.0
    /// The number of validations without improvement after which the training ends; the thesis has 20.
    public var patience = 20
    /// Whether a metric that is infinite or not a number ends the training with an error.
    public var checkFinite = true
    /// A value of the metric with which the training is good enough and ends; null for none.
    public var stoppingThreshold: Double?
    /// A value of the metric from which on the training is given up; null for none.
    public var divergenceThreshold: Double?

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if patience < 0 { found.append(("patience", "must not be negative, found \(patience)")) }
      if !(minDelta >= 0 && minDelta.isFinite) { found.append(("minDelta", "must not be negative, found \(minDelta)")) }
      if !monitor.isOfValidation { found.append(("monitor", monitor.mistake(expected: "a metric of the validation"))) }
      return found
    }
  }

  let settings: Settings

  /// Creates the callback.
  public init(_ settings: Settings = Settings()) { self.settings = settings }

  /// The metric.
  public var watched: [String] { [settings.monitor.name] }

  /// Starts counting.
  public func start(_ run: TrainingRun) -> any RunningCallback { Running(settings: settings) }

  private final class Running: RunningCallback {
    private let settings: Settings
    private var best: Double?
    private var waited = 0

    init(settings: Settings) { self.settings = settings }

    let name = "EarlyStopping"

    func validationEnded(_ report: ValidationReport, run: TrainingRun) throws {
      let metric = settings.monitor.name
      guard let value = report.metrics[metric] else { return }
      if !value.isFinite {
        if settings.checkFinite { throw TrainingError.notFinite(metric: metric, step: report.step) }
        return
      }
      if let limit = settings.stoppingThreshold, settings.mode.isBetter(value, than: limit) {
        return run.stop("EarlyStopping: \(metric) is \(value), better than stopping_threshold \(limit)")
      }
      if let limit = settings.divergenceThreshold, settings.mode.isBetter(limit, than: value) {
        return run.stop("EarlyStopping: \(metric) is \(value), worse than divergence_threshold \(limit)")
      }
      if best.map({ settings.mode.isBetter(value, than: $0, by: settings.minDelta) }) ?? true {
        (best, waited) = (value, 0)
        return
      }
      waited += 1
      guard waited >= settings.patience, let best else { return }
      run.stop(
        "EarlyStopping: \(metric) has not improved over \(waited == 1 ? "one validation" : "\(waited) validations"); its best is \(best)")
    }

    func state() -> CallbackState {
      var texts = ["waited": "\(waited)"]
      if let best { texts["best"] = "\(best)" }
      return CallbackState(texts: texts)
    }

    func restore(_ state: CallbackState, run: TrainingRun) {
      best = state.texts["best"].flatMap(Double.init)
      waited = state.texts["waited"].flatMap { Int($0) } ?? 0
    }
  }
}
