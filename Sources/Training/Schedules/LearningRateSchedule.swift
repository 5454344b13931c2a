/// How the learning rate changes over a training, as a configuration describes it.
public protocol LearningRateSchedule: Sendable {
  /// The metrics of a validation that the schedule watches.
  var watched: [String] { get }

  /// Starts the schedule at step 0.
  func start() -> any RunningSchedule
}

/// A schedule in the course of a training.
public protocol RunningSchedule: AnyObject {
  /// Returns the learning rate of update number `step`, counted from 0, of an optimiser whose settings name `base`.
  func rate(step: Int, base: Double) -> Double

  /// Learns what a validation measured.
  func observe(_ metrics: [String: Double], base: Double)

  /// What a continued training needs, as texts.
  var state: [String: String] { get }

  /// Continues from a state.
  func restore(_ state: [String: String])
}

/// A schedule that follows from the number of the step alone.
public protocol StepSchedule: LearningRateSchedule {
  /// Returns the factor of the optimiser's own rate for update number `step`, counted from 0.
  func factor(step: Int) -> Double
}

extension StepSchedule {
  /// Nothing.
  public var watched: [String] { [] }

  /// Starts the schedule.
  public func start() -> any RunningSchedule { RunningStepSchedule(schedule: self) }
}

private final class RunningStepSchedule: RunningSchedule {
  private let schedule: any StepSchedule

  init(schedule: any StepSchedule) { self.schedule = schedule }

  func rate(step: Int, base: Double) -> Double { base * schedule.factor(step: step) }
  func observe(_ metrics: [String: Double], base: Double) {}
  var state: [String: String] { [:] }
  func restore(_ state: [String: String]) {}
}

/// The learning rate as it is set.
public struct ConstantSchedule: StepSchedule {
  /// Creates the schedule.
  public init() {}

  /// One.
  public func factor(step: Int) -> Double { 1 }
}
