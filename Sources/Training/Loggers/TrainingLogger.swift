public import EventFiles
public import Images

/// A place for the numbers of a training, such as a file in the run folder or a server.
public protocol TrainingLogger: Sendable {
  /// Opens the log of a run.
  ///
  /// - Throws: What keeps it from being opened, such as a `FileError`; a training then does not begin.
  func open(_ run: LoggedRun) throws -> any TrainingLog
}

extension TrainingLogger {
  /// Opens the log of a run of which nothing but its folder is known.
  ///
  /// - Parameter step: The updates made before; what was logged of later ones is measured again.
  public func open(_ folder: RunFolder, continuingFrom step: Int) throws -> any TrainingLog {
    try open(LoggedRun(folder: folder, step: step))
  }
}

/// What a logger is told when a run begins or goes on.
public struct LoggedRun: Sendable, Equatable {
  /// A setting under its dotted path.
  public struct Hyperparameter: Sendable, Equatable {
    /// The dotted path.
    public let name: String
    /// The value.
    public let value: HyperparameterValue

    /// Creates a hyper-parameter.
    public init(name: String, value: HyperparameterValue) {
      self.name = name
      self.value = value
    }
  }

  /// The folder of the run, which exists.
  public var folder: RunFolder
  /// The updates made before; what was logged of later ones is measured again.
  public var step: Int
  /// The resolved settings, flat.
  public var hyperparameters: [Hyperparameter]
  /// The resolved configuration as YAML; empty where there is none.
  public var configuration: String

  /// Creates the description of a run.
  public init(folder: RunFolder, step: Int, hyperparameters: [Hyperparameter] = [], configuration: String = "") {
    self.folder = folder
    self.step = step
    self.hyperparameters = hyperparameters
    self.configuration = configuration
  }

  /// The name of the run with its version, such as `mshp_gsdn/version_3`.
  public var name: String { folder.path.split(separator: "/").suffix(2).joined(separator: "/") }
}

/// A number that was measured at a step.
public struct LoggedScalar: Sendable, Equatable {
  /// What it is, behind the stage it belongs to: `train/loss`, `val/psnr`.
  public let name: String
  /// The value.
  public let value: Double

  /// Creates a number.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// How a run ended.
public enum RunStatus: String, Sendable, Equatable {
  /// All steps are made.
  case finished
  /// An error ended it.
  case failed
  /// It was asked to stop.
  case interrupted
}

/// The open log of a run.
///
/// A step is one update of the main optimiser, the same number in every log. Only ``write(_:step:)-([LoggedScalar],_)`` must be there; what a
/// log has no place for it passes over.
public protocol TrainingLog: AnyObject {
  /// Writes numbers of one step.
  ///
  /// - Throws: What a training should not go on without; a log whose loss can be borne keeps the error for ``takeWarnings()``.
  func write(_ scalars: [LoggedScalar], step: Int) throws
  /// Writes a picture of one step.
  func write(_ image: Image, name: String, step: Int) throws
  /// Keeps a file of the run under a name, such as `config.yaml`; the file is read now or later.
  func attach(file path: String, name: String) throws
  /// Brings to the disk what waits in memory.
  func flush() throws
  /// Ends the log.
  func finish(_ status: RunStatus) throws
  /// What the user should know of, each once: a server that is away, a file that cannot be written.
  func takeWarnings() -> [String]
}

extension TrainingLog {
  /// Passes the picture over.
  public func write(_ image: Image, name: String, step: Int) throws {}
  /// Passes the file over.
  public func attach(file path: String, name: String) throws {}
  /// Has nothing in memory.
  public func flush() throws {}
  /// Needs no end.
  public func finish(_ status: RunStatus) throws {}
  /// Has none.
  public func takeWarnings() -> [String] { [] }

  /// Writes what one update measured, with the memory of the process in bytes where it is known.
  public func write(_ report: StepReport, pace: StepPace, residentBytes: Int?) throws {
    try write(report.scalars(pace: pace, residentBytes: residentBytes), step: report.step)
  }

  /// Writes what a validation measured.
  public func write(_ report: ValidationReport) throws { try write(report.scalars, step: report.step) }
}
