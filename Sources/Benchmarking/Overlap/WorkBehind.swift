import Dispatch
import Synchronization

/// Work that is done in order on a thread of its own while its giver goes on, or at once.
final class WorkBehind<Value: Sendable> {
  private final class Piece: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
    let isDone = DispatchSemaphore(value: 0)
  }

  private let queue: DispatchQueue?
  private var pieces: [Piece] = []

  /// Creates a place for work; without `overlaps` everything is done by whoever gives it.
  init(overlaps: Bool) { queue = overlaps ? DispatchQueue(label: "work-behind") : nil }

  /// Gives work.
  func add(_ body: @escaping @Sendable () throws -> Value) {
    let piece = Piece()
    pieces.append(piece)
    let work: @Sendable () -> Void = {
      let found = Result { try body() }
      piece.result.withLock { $0 = found }
      piece.isDone.signal()
    }
    if let queue { queue.async(execute: work) } else { work() }
  }

  /// Returns the result of the oldest piece when more than `limit` are under way, waiting for it; nil when there are not.
  func next(beyond limit: Int) throws -> Value? {
    guard pieces.count > (queue == nil ? 0 : limit) else { return nil }
    let piece = pieces.removeFirst()
    piece.isDone.wait()
    return try piece.result.withLock { $0 }?.get()
  }

  /// Waits for all that is under way, whatever comes of it.
  func drain() { queue?.sync {} }
}
