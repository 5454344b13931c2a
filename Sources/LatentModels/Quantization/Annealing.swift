#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A number that goes from one value to another in the first steps of a training and then stays.
public struct Annealing: Sendable, Equatable {
  /// How it goes.
  public enum Course: Sendable, Equatable {
    /// By the same amount at every step.
    case linear
    /// By the same factor at every step; both values are positive.
    case geometric
  }

  /// The value at step 0.
  public let start: Double
  /// The value from step ``steps`` on.
  public let end: Double
  /// The number of steps.
  public let steps: Int
  /// How it goes.
  public let course: Course

  /// Creates a course; of 0 steps the value is `end` at once.
  public init(from start: Double, to end: Double, steps: Int, course: Course) {
    (self.start, self.end, self.steps, self.course) = (start, end, steps, course)
  }

  /// Returns the value after `step` updates.
  public func value(at step: Int) -> Double {
    guard step < steps else { return end }
    let share = Double(max(step, 0)) / Double(steps)
    switch course {
    case .linear: return start + (end - start) * share
    case .geometric: return start * pow(end / start, share)
    }
  }
}
