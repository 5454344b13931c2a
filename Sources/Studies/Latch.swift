import Foundation

/// A condition that is met once.
///
/// Unchecked: `isMet` is read and written under the lock of `condition` alone.
final class Latch: @unchecked Sendable {
  private let condition = NSCondition()
  private var isMet = false

  /// Meets the condition.
  func open() {
    condition.lock()
    isMet = true
    condition.broadcast()
    condition.unlock()
  }

  /// Waits until it is met.
  func wait() {
    condition.lock()
    while !isMet { condition.wait() }
    condition.unlock()
  }
}
