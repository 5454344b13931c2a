/// The clock of all timing programs; it never goes back.
public enum Clock {
  /// What `work` gives, and the seconds that it takes.
  public static func measured<Result>(_ work: () throws -> Result) rethrows -> (result: Result, seconds: Double) {
    let start = ContinuousClock.now
    let result = try work()
    return (result, (ContinuousClock.now - start) / .seconds(1))
  }

  /// The seconds that `work` takes.
  public static func seconds(_ work: () throws -> Void) rethrows -> Double { try measured(work).seconds }
}
