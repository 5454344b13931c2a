public import Configuration

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Rises over `warmupSteps`, then falls along half a cosine to `finalFactor` at `totalSteps`.
///
/// Loshchilov, Hutter: "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, eq. 5.
public struct CosineSchedule: StepSchedule {
  /// The settings.
  public struct Settings: ValidatedSettings {
    /// The step at which the fall ends, more than warmup_steps; the rate stays at its end after it.
    public var totalSteps = 100_000
    /// The number of steps of the linear rise from 0; 0 starts at the full learning rate.
    public var warmupSteps = 0
    /// The learning rate at the end as a share of the optimiser's; 0.01 ends at a hundredth of it.
    public var finalFactor = 0.01

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      totalSteps > warmupSteps && warmupSteps >= 0 ? [] : [("totalSteps", "must be more than warmup_steps, found \(totalSteps)")]
    }
  }

  private let settings: Settings

  /// Creates the schedule.
  public init(_ settings: Settings) { self.settings = settings }

  /// The place on the rise or on the cosine.
  public func factor(step: Int) -> Double {
    if step < settings.warmupSteps { return Double(step + 1) / Double(settings.warmupSteps) }
    let share = min(Double(step - settings.warmupSteps) / Double(settings.totalSteps - settings.warmupSteps), 1)
    return settings.finalFactor + (1 - settings.finalFactor) * (1 + cos(.pi * share)) / 2
  }
}
