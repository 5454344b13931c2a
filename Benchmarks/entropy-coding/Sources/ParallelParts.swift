import Dispatch
import Synchronization

/// Independent parts of a work, each on a thread of its own.
enum ParallelParts {
  /// Returns what `work` gives for each number below `count`; a single part stays on the caller's thread.
  static func map<Part: Sendable>(_ count: Int, _ work: @Sendable (Int) throws -> Part) throws -> [Part] {
    if count == 1 { return [try work(0)] }
    let parts = Mutex<[Result<Part, any Error>?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let result = Result { try work(number) }
      parts.withLock { $0[number] = result }
    }
    return try parts.withLock { try $0.compactMap { try $0?.get() } }
  }
}
