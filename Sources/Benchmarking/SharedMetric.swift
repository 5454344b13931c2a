public import Images
public import Metrics
import Synchronization

/// A measure that several threads use, one after the other.
///
/// A measure on libtorch takes all processors by itself, and the memory of several at a time would be too much.
public final class SharedMetric: ImageMetric, @unchecked Sendable {
  /// The name in results files.
  public let key: String
  /// Whether a higher value means a nearer reconstruction.
  public let higherIsBetter: Bool
  /// What the pictures must be.
  public let requirement: String
  /// The name with the colour space.
  public let name: String
  // What makes the type sendable, unchecked: the measure is used under the lock alone, and whoever made it keeps no other hand on it.
  private let metric: any ImageMetric
  private let lock = Mutex(())

  /// Shares a measure, which nobody else may use from now on.
  public init(_ metric: any ImageMetric) {
    (key, higherIsBetter, requirement, name) = (metric.key, metric.higherIsBetter, metric.requirement, metric.name)
    self.metric = metric
  }

  /// Returns the measure, when no other thread takes it.
  ///
  /// - Throws: what the measure throws.
  public func value(of reconstruction: Image, original: Image) throws -> Double? {
    try lock.withLock { _ in try metric.value(of: reconstruction, original: original) }
  }
}
