import Foundation
import Synchronization

/// Ends the process when one mutation takes longer than ten seconds, and says which.
final class Watchdog: Sendable {
  private let state = Mutex<(number: Int, start: ContinuousClock.Instant)?>(nil)
  private static let limit = Duration.seconds(10)

  /// Begins to watch; `label` begins the sentence.
  init(label: String) {
    Thread.detachNewThread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.5)
        guard let (number, start) = state.withLock({ $0 }), ContinuousClock.now - start > Self.limit else { continue }
        print("\(label): mutation \(number) takes longer than \(Self.limit)")
        exit(1)
      }
    }
  }

  /// A mutation begins.
  func begin(_ number: Int) { state.withLock { $0 = (number, ContinuousClock.now) } }

  /// All mutations are done.
  func end() { state.withLock { $0 = nil } }
}
