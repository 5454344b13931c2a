/// Something that happens beside a training, as a configuration describes it.
///
/// A training starts it once; what it has to remember lives in the ``RunningCallback``.
public protocol TrainingCallback: Sendable {
  /// The settings of the callback that name metrics, with the metrics; unknown ones are refused before the training starts.
  var watched: [String] { get }

  /// Starts the callback for a run.
  func start(_ run: TrainingRun) throws -> any RunningCallback
}

extension TrainingCallback {
  /// Nothing.
  public var watched: [String] { [] }
}

/// A callback in the course of a training.
///
/// Every requirement but the name has a default that does nothing.
///
/// After a step the order is: ``stepEnded(_:run:)``; where a validation is due ``validationStarts(run:)``, the validation,
/// ``validationMeasured(_:run:)``, ``validationStops(run:)``, ``validationEnded(_:run:)``; then ``checkpointIsDue(_:run:)``. Each is called for all
/// callbacks in the order of the configuration, those that write checkpoints last.
public protocol RunningCallback: AnyObject {
  /// The name under which checkpoints keep its state; two callbacks of one name get numbers.
  var name: String { get }

  /// An update was made.
  func stepEnded(_ report: StepReport, run: TrainingRun) throws

  /// A validation begins; the weights may be exchanged until ``validationStops(run:)``.
  func validationStarts(run: TrainingRun) throws

  /// A validation has measured, and the weights are still those that it used.
  func validationMeasured(_ report: ValidationReport, run: TrainingRun) throws

  /// A validation is over or has failed; the weights must be those of before.
  func validationStops(run: TrainingRun) throws

  /// A validation is over, with the weights of the training in place.
  func validationEnded(_ report: ValidationReport, run: TrainingRun) throws

  /// Everything of a step is done; a checkpoint written now continues after it.
  ///
  /// - Parameter moment: why a checkpoint may be wanted beyond the callback's own rhythm.
  func checkpointIsDue(_ moment: CheckpointMoment, run: TrainingRun) throws

  /// What a continued training needs.
  func state() throws -> CallbackState

  /// Continues from a state of the same callback.
  func restore(_ state: CallbackState, run: TrainingRun) throws
}

/// Where in a training a checkpoint may be written.
public struct CheckpointMoment: Sendable, Equatable {
  /// The metrics of a validation of this step; nil where there was none.
  public let validation: ValidationReport?
  /// Whether the training ends here or was asked to stop.
  public let isLast: Bool
}

extension RunningCallback {
  /// The type's name.
  public var name: String { String(describing: type(of: self)) }
  /// Does nothing.
  public func stepEnded(_ report: StepReport, run: TrainingRun) throws {}
  /// Does nothing.
  public func validationStarts(run: TrainingRun) throws {}
  /// Does nothing.
  public func validationMeasured(_ report: ValidationReport, run: TrainingRun) throws {}
  /// Does nothing.
  public func validationStops(run: TrainingRun) throws {}
  /// Does nothing.
  public func validationEnded(_ report: ValidationReport, run: TrainingRun) throws {}
  /// Does nothing.
  public func checkpointIsDue(_ moment: CheckpointMoment, run: TrainingRun) throws {}
  /// Nothing.
  public func state() throws -> CallbackState { CallbackState() }
  /// Does nothing.
  public func restore(_ state: CallbackState, run: TrainingRun) throws {}
}
