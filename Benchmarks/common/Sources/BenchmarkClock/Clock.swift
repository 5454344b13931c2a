/// The clock of all timing programs; it never goes back.
public enum Clock {
  /// The seconds that `work` takes.
  public static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
