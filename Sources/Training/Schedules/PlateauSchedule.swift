public import Configuration

/// Multiplies the learning rate by `factor` when a metric has not improved over `patience` validations, as PyTorch's `ReduceLROnPlateau`.
///
/// It counts validations, not epochs.
public struct PlateauSchedule: LearningRateSchedule {
  /// The settings under PyTorch's names.
  public struct Settings: ValidatedSettings {
    /// The metric of the validation that is watched, such as val_loss.
    public var monitor = MetricName.validationLoss
    /// Whether the metric should fall or rise.
    public var mode = MetricMode.min
    /// The factor of each reduction, more than 0 and less than 1.
    public var factor = 0.1
    /// The number of validations without improvement that are borne before a reduction.
    public var patience = 10
    /// The least change that counts as an improvement; what it is a share of says threshold_mode.
    public var threshold = 1e-4
    /// Whether the threshold is a share of the best value (rel) or a difference to it (abs).
    public var thresholdMode = ThresholdMode.rel
    /// The number of validations after a reduction that are not counted.
    public var cooldown = 0
    /// The learning rate below which no reduction goes; 0 for none.
    public var minLr = 0.0

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if !(factor > 0 && factor < 1) { found.append(("factor", "must be more than 0 and less than 1, found \(factor)")) }
      for (key, value) in [("patience", patience), ("cooldown", cooldown)] where value < 0 {
        found.append((key, "must not be negative, found \(value)"))
      }
      if !(minLr >= 0 && minLr.isFinite) { found.append(("minLr", "must not be negative, found \(minLr)")) }
      if !monitor.isOfValidation { found.append(("monitor", monitor.mistake(expected: "a metric of the validation"))) }
      return found
    }
  }

  /// What a threshold is.
  public enum ThresholdMode: String, Codable, CaseIterable, Sendable {
    /// A share of the best value.
    case rel
    /// A difference to the best value.
    case abs
  }

  private let settings: Settings

  /// Creates the schedule.
  public init(_ settings: Settings) { self.settings = settings }

  /// The metric.
  public var watched: [String] { [settings.monitor.name] }

  /// Starts with the optimiser's own rate.
  public func start() -> any RunningSchedule { Running(settings: settings) }

  private final class Running: RunningSchedule {
    private let settings: Settings
    private var rate: Double?
    private var best: Double?
    private var badCount = 0
    private var cooldown = 0

    init(settings: Settings) { self.settings = settings }

    func rate(step: Int, base: Double) -> Double { rate ?? base }

    func observe(_ metrics: [String: Double], base: Double) {
      guard let value = metrics[settings.monitor.name] else { return }
      if isBetter(value) {
        (best, badCount) = (value, 0)
      } else {
        badCount += 1
      }
      if cooldown > 0 { (cooldown, badCount) = (cooldown - 1, 0) }
      guard badCount > settings.patience else { return }
      let old = rate ?? base
      let new = max(old * settings.factor, settings.minLr)
      // As PyTorch: a change of less than eps = 1e-8 is none.
      if old - new > 1e-8 { rate = new }
      (cooldown, badCount) = (settings.cooldown, 0)
    }

    private func isBetter(_ value: Double) -> Bool {
      guard let best else { return !value.isNaN }
      return switch (settings.mode, settings.thresholdMode) {
      case (.min, .rel): value < best * (1 - settings.threshold)
      case (.min, .abs): value < best - settings.threshold
      case (.max, .rel): value > best * (1 + settings.threshold)
      case (.max, .abs): value > best + settings.threshold
      }
    }

    var state: [String: String] {
      var state = ["bad": "\(badCount)", "cooldown": "\(cooldown)"]
      if let rate { state["rate"] = "\(rate)" }
      if let best { state["best"] = "\(best)" }
      return state
    }

    func restore(_ state: [String: String]) {
      (rate, best) = (state["rate"].flatMap(Double.init), state["best"].flatMap(Double.init))
      (badCount, cooldown) = (state["bad"].flatMap { Int($0) } ?? 0, state["cooldown"].flatMap { Int($0) } ?? 0)
    }
  }
}
