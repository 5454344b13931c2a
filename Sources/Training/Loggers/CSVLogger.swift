/// Writes `metrics.csv`: one line for each logged step and each validation.
public struct CSVLogger: TrainingLogger {
  /// Creates the logger.
  public init() {}

  /// Opens `metrics.csv` in the run folder.
  public func open(_ run: LoggedRun) throws -> any TrainingLog {
    try MetricsLog(path: run.folder.metrics, continuingFrom: run.step)
  }
}
