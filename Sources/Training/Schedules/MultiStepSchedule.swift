public import Configuration

/// Multiplies the learning rate by `gamma` at each of the steps `milestones`, as PyTorch's `MultiStepLR`.
public struct MultiStepSchedule: StepSchedule {
  /// The settings.
  public struct Settings: Configuration.Settings {
    /// The steps at which the learning rate changes, counted from 0; an empty list never changes it.
    public var milestones: [Int] = []
    /// The factor by which the learning rate is multiplied at each milestone.
    public var gamma = 0.1

    /// Creates the defaults.
    public init() {}
  }

  private let settings: Settings

  /// Creates the schedule.
  public init(_ settings: Settings) { self.settings = settings }

  /// `gamma` to the power of the milestones passed.
  public func factor(step: Int) -> Double {
    settings.milestones.reduce(1) { step >= $1 ? $0 * settings.gamma : $0 }
  }
}
