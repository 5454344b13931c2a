public import Configuration

/// Writes the learning rates of both optimisers into the logs, as `lr` and `lr_aux`; `callbacks.LearningRateMonitor`.
///
/// The lines of an update have `train/lr` without it; this adds the rate of the quantiles, and lines at every step or epoch where these are
/// wanted.
public struct LearningRateMonitor: TrainingCallback, Equatable {
  /// When the rates are written.
  public enum Interval: String, Codable, CaseIterable, Sendable {
    /// At every step that is logged.
    case step
    /// At the end of every epoch.
    case epoch
  }

  /// The settings, with Lightning's names.
  public struct Settings: Configuration.Settings {
    /// When the rates are written: at every step that is logged, or at the end of every epoch.
    public var loggingInterval = Interval.step

    /// Creates the defaults.
    public init() {}
  }

  let settings: Settings

  /// Creates the callback.
  public init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Starts watching.
  public func start(_ run: TrainingRun) -> any RunningCallback { Running(settings: settings) }

  private final class Running: RunningCallback {
    private let settings: Settings

    init(settings: Settings) { self.settings = settings }

    let name = "LearningRateMonitor"

    func stepEnded(_ report: StepReport, run: TrainingRun) throws {
      let isDue =
        settings.loggingInterval == .step ? report.step.isMultiple(of: run.settings.logEveryNSteps) : run.clock.endsEpoch(report.step)
      guard isDue else { return }
      try run.log([LoggedScalar("lr", report.learningRate), LoggedScalar("lr_aux", run.state.auxiliaryLearningRate)])
    }
  }
}
