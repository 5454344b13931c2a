public import Configuration

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Falls by the same share at each step, from the optimiser's rate to `finalFactor` of it at `totalSteps`, after a linear rise.
///
/// With the defaults a rate of 1e-4 becomes 1e-6 at the last of a million steps, the end points that section 7.1 of the thesis gives; the
/// form of its decay is not in its text.
public struct ExponentialSchedule: StepSchedule {
  /// The settings.
  public struct Settings: ValidatedSettings {
    /// The step at which the fall ends, more than warmup_steps; the rate stays at its end after it.
    public var totalSteps = 1_000_000
    /// The number of steps of the linear rise from 0; 0 starts at the full learning rate.
    public var warmupSteps = 0
    /// The learning rate at the end as a share of the optimiser's, more than 0; 0.01 ends at a hundredth of it.
    public var finalFactor = 0.01

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if totalSteps <= warmupSteps || warmupSteps < 0 {
        found.append(("totalSteps", "must be more than warmup_steps, found \(totalSteps)"))
      }
      if !(finalFactor > 0 && finalFactor.isFinite) { found.append(("finalFactor", "must be positive, found \(finalFactor)")) }
      return found
    }
  }

  private let settings: Settings

  /// Creates the schedule.
  public init(_ settings: Settings) { self.settings = settings }

  /// The place on the rise or on the fall.
  public func factor(step: Int) -> Double {
    if step < settings.warmupSteps { return Double(step + 1) / Double(settings.warmupSteps) }
    let share = min(Double(step - settings.warmupSteps) / Double(settings.totalSteps - settings.warmupSteps), 1)
    return pow(settings.finalFactor, share)
  }
}
