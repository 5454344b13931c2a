/// One stretch of measuring, and what else the machine did.
public struct TimingSession: Codable, Sendable, Equatable {
  /// The beginning, ISO 8601 in UTC.
  public var began: String
  /// The end, ISO 8601 in UTC; null where it was not reached.
  @OrNull public var ended: String?
  /// The load averages of 1, 5 and 15 minutes before; empty where the system does not tell.
  public var loadBefore: [Double]
  /// Those after it; the sweep itself is contained.
  public var loadAfter: [Double]
  /// The share of all processors that was busy just before, 0…1; null where the system does not tell.
  @OrNull public var busyBefore: Double?
  /// The frequency governors of the processors, for example `performance`; empty where the system does not tell.
  public var governors: [String]
  /// The number of processors.
  public var processors: Int

  enum CodingKeys: String, CodingKey {
    case began, ended, governors, processors
    case loadBefore = "load_before"
    case loadAfter = "load_after"
    case busyBefore = "busy_before"
  }

  /// Begins a session now; it takes a quarter of a second, in which it looks how busy the machine is.
  public init() {
    began = Machine.date()
    _ended = OrNull(wrappedValue: nil)
    (loadBefore, loadAfter) = (Machine.loadAverages, [])
    _busyBefore = OrNull(wrappedValue: Machine.busyShare(for: 0.25))
    (governors, processors) = (Machine.frequencyGovernors, Machine.processorCount)
  }

  /// Ends the session now.
  public mutating func finish() {
    ended = Machine.date()
    loadAfter = Machine.loadAverages
  }
}
