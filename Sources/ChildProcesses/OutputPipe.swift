#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The reading end of what a child process writes.
struct OutputPipe {
  private let reading: Int32
  private(set) var writing: Int32
  private let limit: Int
  private(set) var bytes: [UInt8] = []
  /// Whether more may come.
  private(set) var isOpen = true

  init(program: String, limit: Int) throws(ChildProcessError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .notStarted(program: program, code: errno) }
    (reading, writing) = (ends[0], ends[1])
    self.limit = limit
    // Other children must not inherit the ends, and a look at an empty pipe must not block.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  /// What to ask `poll`; a negative number is passed over.
  var pollState: pollfd { pollfd(fd: isOpen ? reading : -1, events: Int16(POLLIN), revents: 0) }

  /// Reads what is there.
  mutating func drain() {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while isOpen {
      let count = read(reading, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      if count <= 0 { isOpen = false } else { bytes += buffer.prefix(min(count, limit - bytes.count)) }
      // A child that writes without end must not keep the caller from looking at the clock.
      if count < buffer.count { return }
      if bytes.count >= limit { return }
    }
  }

  /// Reads what is there, up to 256 KiB, and returns it without keeping it.
  mutating func readSome() -> [UInt8] {
    guard isOpen else { return [] }
    var code: Int32 = 0
    let some = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, filled in
      let count = read(reading, buffer.baseAddress, buffer.count)
      if count < 0 { code = errno }
      filled = max(count, 0)
    }
    if some.isEmpty && code != EINTR && code != EAGAIN { isOpen = false }
    return some
  }

  mutating func closeWriting() {
    if writing >= 0 { _ = systemClose(writing) }
    writing = -1
  }

  mutating func close() {
    closeWriting()
    _ = systemClose(reading)
  }

  private func systemClose(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }
}
