/// A place for the numbers of a training, such as a file in the run folder.
public protocol TrainingLogger: Sendable {
  /// Opens the log of a run.
  ///
  /// - Parameters:
  ///   - folder: the folder of the run, which exists.
  ///   - step: the updates made before; what was logged of later ones is measured again.
  func open(_ folder: RunFolder, continuingFrom step: Int) throws -> any TrainingLog
}

/// The open log of a run.
public protocol TrainingLog: AnyObject {
  /// Writes what one update measured.
  func write(_ report: StepReport, imagesPerSecond: Double) throws
  /// Writes what a validation measured.
  func write(_ report: ValidationReport) throws
}
