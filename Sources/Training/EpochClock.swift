/// Which batches form which step, and where epochs end.
///
/// A step takes `accumulation` batches; the last step of an epoch takes what is left.
public struct EpochClock: Sendable, Equatable {
  /// The batches of an epoch.
  public let batches: Int
  /// The batches of a step.
  public let accumulation: Int

  /// Creates a clock.
  ///
  /// - Precondition: both numbers are at least 1.
  public init(batches: Int, accumulation: Int = 1) {
    precondition(batches >= 1 && accumulation >= 1, "an epoch has batches")
    self.batches = batches
    self.accumulation = accumulation
  }

  /// The steps of an epoch.
  public var steps: Int { (batches - 1) / accumulation + 1 }

  /// The number of the first batch of the step after `step` steps, counted over all epochs.
  public func firstBatch(after step: Int) -> Int { step / steps * batches + step % steps * accumulation }

  /// The number of batches of the step after `step` steps.
  public func batchCount(after step: Int) -> Int { min(accumulation, batches - step % steps * accumulation) }

  /// The epoch, counted from 0, of the last of `step` steps; 0 before the first.
  public func epoch(of step: Int) -> Int { max(step - 1, 0) / steps }

  /// The steps of its epoch that are made after `step` steps, 1 to ``steps``.
  public func stepInEpoch(of step: Int) -> Int { step - epoch(of: step) * steps }

  /// Whether the last of `step` steps ends an epoch.
  public func endsEpoch(_ step: Int) -> Bool { step > 0 && step % steps == 0 }
}

/// After which steps a training validates.
public struct ValidationRhythm: Sendable, Equatable {
  private let clock: EpochClock
  private let interval: BatchCount
  private let everyNEpoch: Int?

  /// Creates the rhythm of `val_check_interval` and `check_val_every_n_epoch`.
  public init(clock: EpochClock, interval: BatchCount, everyNEpoch: Int? = nil) {
    self.clock = clock
    self.interval = interval
    self.everyNEpoch = everyNEpoch
  }

  /// Whether a validation follows the last of `step` steps.
  public func isDue(_ step: Int) -> Bool {
    let place = clock.stepInEpoch(of: step)
    if let everyNEpoch {
      guard (clock.epoch(of: step) + 1).isMultiple(of: everyNEpoch) else { return false }
      if clock.endsEpoch(step) { return true }
    }
    switch interval {
    case .count(0): return false
    case .count(let count): return (everyNEpoch == nil ? step : place).isMultiple(of: count)
    case .share(let share):
      let count = max(Int((Double(clock.steps) * share + 1e-9).rounded(.down)), 1)
      return place.isMultiple(of: count)
    }
  }
}
