public import SafeFiles
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file of events that TensorBoard and those who read its files, such as `wandb sync`, understand.
///
/// Events are collected in memory until ``flush()``. A write that fails takes its part back, so that a reader never meets half a record in the
/// middle of the file; only a kill can leave one, at the end, where readers pass over it.
public final class EventFile {
  /// The file.
  public let path: String
  private let descriptor: Int32
  /// The bytes of whole records in the file.
  private var written = 0
  private var pending: [UInt8] = []
  private static let count = Atomic<Int>(0)
  /// The most bytes that wait; beyond it, which happens only while nothing can be written, all that waits is dropped.
  private let pendingLimit: Int

  /// Creates a new file in `folder`, whose name sorts behind those that are there, and names the format in it.
  ///
  /// - Parameters:
  ///   - folder: An existing folder.
  ///   - host: The name of the machine.
  ///   - time: Seconds since 1970.
  /// - Throws: `FileError` when the file cannot be made.
  public convenience init(folder: String, host: String, time: Double) throws(FileError) {
    let newest = try Folder.names(in: folder).compactMap { Self.seconds(inName: $0) }.max() ?? 0
    let seconds = max(Int(time), newest + 1)
    let host = host.filter { $0 != "/" && $0 != "." }
    let number = Self.count.add(1, ordering: .relaxed).oldValue
    try self.init(
      opening: "\(folder)/events.out.tfevents.\(seconds).\(host).\(getpid()).\(number)", flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
    append(.fileVersion(time: time))
    try flush()
  }

  /// Opens a file of any kind.
  init(opening path: String, flags: Int32, pendingLimit: Int = 32 << 20) throws(FileError) {
    self.path = path
    self.pendingLimit = pendingLimit
    descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: path, code: errno) }
  }

  deinit { close(descriptor) }

  /// The time in the name of an event file.
  static func seconds(inName name: String) -> Int? {
    let prefix = "events.out.tfevents."
    guard name.hasPrefix(prefix) else { return nil }
    return Int(name.dropFirst(prefix.count).prefix { $0 != "." })
  }

  /// Adds an event to those that the next ``flush()`` writes.
  public func append(_ event: Event) {
    let record = EventRecord.framed(event.bytes)
    if pending.count + record.count > pendingLimit { pending = [] }
    pending += record
  }

  /// Writes what waits.
  ///
  /// - Throws: `FileError` when it cannot be written; it then waits for the next call.
  public func flush() throws(FileError) {
    var done = 0
    while done < pending.count {
      let count = pending.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done, off_t(written + done))
      }
      if count > 0 { done += count }
      if count == 0 || count < 0 && errno != EINTR {
        let code = count == 0 ? ENOSPC : errno
        ftruncate(descriptor, off_t(written))
        throw FileError(operation: "write", path: path, code: code)
      }
    }
    written += done
    pending = []
  }
}
