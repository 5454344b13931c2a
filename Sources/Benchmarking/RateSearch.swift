/// The search for the quality at which a codec meets a target, by bisection.
///
/// Every value that was tried is kept, so that a codec whose curve is not monotone still gives the nearest of those seen.
public enum RateSearch {
  /// What is to be met.
  public enum Target: Sendable, Equatable {
    /// Bits per pixel of the whole file.
    case bpp(Double)
    /// PSNR in dB.
    case psnr(Double)

    /// How far from the target a trial is, positive above it; infinite where the trial has no such value.
    func excess(of trial: Trial) -> Double {
      switch self {
      case .bpp(let value): trial.bpp - value
      case .psnr(let value): trial.psnr - value
      }
    }
  }

  /// A setting that was tried.
  public struct Trial: Sendable, Equatable {
    /// The number of the setting among all, from the smallest file to the largest.
    public let index: Int
    /// Bits per pixel of the whole file.
    public let bpp: Double
    /// PSNR in dB; infinite for a picture that equals its original.
    public let psnr: Double

    /// Creates a trial.
    public init(index: Int, bpp: Double, psnr: Double) { (self.index, self.bpp, self.psnr) = (index, bpp, psnr) }
  }

  /// What was found.
  public struct Outcome: Sendable, Equatable {
    /// The trial nearest to the target.
    public let best: Trial
    /// All trials in the order of their numbers.
    public let trials: [Trial]
    /// Whether a larger number always gave no less of what was sought, among the trials.
    public let isMonotone: Bool
  }

  /// Searches `count` settings, which go from the smallest file to the largest.
  ///
  /// - Parameters:
  ///   - tolerance: how near, in the target's unit, ends the search.
  ///   - measure: codes with a setting.
  /// - Throws: What `measure` throws.
  public static func run(
    count: Int, target: Target, tolerance: Double, measure: (Int) throws -> Trial
  ) throws -> Outcome {
    precondition(count > 0, "a search needs settings")
    var trials: [Int: Trial] = [:]
    var (low, high) = (0, count - 1)
    while low <= high {
      let middle = low + (high - low) / 2
      let trial = try measure(middle)
      trials[middle] = trial
      let excess = target.excess(of: trial)
      if abs(excess) <= tolerance { break }
      if excess < 0 { low = middle + 1 } else { high = middle - 1 }
    }
    let all = trials.values.sorted { $0.index < $1.index }
    let excesses = all.map(target.excess)
    let isMonotone = zip(excesses, excesses.dropFirst()).allSatisfy { $0 <= $1 }
    var best = all[0]
    for trial in all where abs(target.excess(of: trial)) < abs(target.excess(of: best)) { best = trial }
    return Outcome(best: best, trials: all, isMonotone: isMonotone)
  }
}
