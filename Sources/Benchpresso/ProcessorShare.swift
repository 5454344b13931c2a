import Foundation
import Training

/// The share of a machine's processors that one of several processes takes.
enum ProcessorShare {
  /// Returns the threads of one process; nil where the launcher has decided by `OMP_NUM_THREADS` or by binding the process to processors.
  static func threads(
    for place: ProcessPlace, environment: [String: String] = ProcessEnvironment.all,
    available: Int = ProcessInfo.processInfo.activeProcessorCount,
    all: Int = ProcessInfo.processInfo.processorCount
  ) -> Int? {
    guard environment["OMP_NUM_THREADS"]?.isEmpty ?? true, available == all else { return nil }
    return max(available / place.localWorldSize, 1)
  }
}
