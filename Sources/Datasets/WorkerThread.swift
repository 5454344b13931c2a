#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A thread of the system that runs one closure.
struct WorkerThread: Sendable {
  #if canImport(Glibc)
    private let thread: pthread_t
  #else
    // Unsafe only for the compiler: the pointer is a name of the thread and is never followed.
    nonisolated(unsafe) private let thread: pthread_t
  #endif

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts `body`; nil when the system has no thread left.
  init?(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Glibc)
      var thread = pthread_t()
      let code = pthread_create(
        &thread, nil,
        { pointer in
          if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
          return nil
        }, work.toOpaque())
      guard code == 0 else {
        work.release()
        return nil
      }
      self.thread = thread
    #else
      var thread: pthread_t?
      let code = pthread_create(
        &thread, nil,
        { pointer in
          Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
          return nil
        }, work.toOpaque())
      guard code == 0, let thread else {
        work.release()
        return nil
      }
      self.thread = thread
    #endif
  }

  /// Waits until the closure has returned; to be called once.
  func join() { pthread_join(thread, nil) }
}
