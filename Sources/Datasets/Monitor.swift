#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A value that threads share and whose changes they can wait for.
///
/// `Mutex` cannot be waited on, so this is the system's lock and condition variable.
/// Unchecked because the compiler does not know that `value` is only touched while the lock is held; all doors below hold it.
final class Monitor<Value: Sendable>: @unchecked Sendable {
  private var value: Value
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(_ value: Value) {
    self.value = value
    let codes = (pthread_mutex_init(lock, nil), pthread_cond_init(changed, nil))
    precondition(codes == (0, 0), "a lock with default attributes can always be made")
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Runs `body` on the value and wakes all who wait.
  func change<Result>(_ body: (inout Value) -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    defer { pthread_cond_broadcast(changed) }
    return body(&value)
  }

  /// Returns what `body` sees in the value.
  func look<Result>(_ body: (Value) -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body(value)
  }

  /// Runs `body` on the value now and after every change until it returns something.
  func wait<Result>(_ body: (inout Value) -> Result?) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if let result = body(&value) {
        pthread_cond_broadcast(changed)
        return result
      }
      pthread_cond_wait(changed, lock)
    }
  }
}
