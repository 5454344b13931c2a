import Dispatch
import Synchronization

/// Values that are made in order on a thread of their own, some of them before they are asked for.
final class ReadAhead<Value: Sendable>: Sendable {
  private let values = Mutex<[Result<Value, any Error>]>([])
  private let isStopped = Mutex(false)
  private let room = DispatchSemaphore(value: 0)
  private let ready = DispatchSemaphore(value: 0)

  /// Begins with the first.
  ///
  /// - Parameters:
  ///   - count: how many there are.
  ///   - ahead: how many are kept for who asks, at least 1.
  ///   - make: makes one; what it throws is thrown by ``next()``.
  init(count: Int, ahead: Int, _ make: @escaping @Sendable (Int) throws -> Value) {
    for _ in 0..<ahead { room.signal() }
    DispatchQueue.global().async { [self] in
      for index in 0..<count {
        room.wait()
        if isStopped.withLock({ $0 }) { return }
        let value = Result { try make(index) }
        values.withLock { $0.append(value) }
        ready.signal()
      }
    }
  }

  /// Returns the next value; to be called once for each.
  func next() throws -> Value {
    ready.wait()
    defer { room.signal() }
    return try values.withLock { $0.removeFirst() }.get()
  }

  /// Makes no more values.
  func stop() {
    isStopped.withLock { $0 = true }
    room.signal()
  }
}
