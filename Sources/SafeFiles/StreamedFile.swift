#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is written piece by piece and gets its name at the end, as ``AtomicFile`` does with one piece.
///
/// Until ``finish()`` there is nothing under its name, or what was there before; an object that goes away unfinished takes its bytes with it.
public final class StreamedFile {
  private let path: String
  private let temporary: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  /// The number of bytes written so far.
  public private(set) var count = 0

  private static let bufferSize = 1 << 20

  /// Starts an empty file that will be called `path`.
  ///
  /// - Throws: ``FileError`` when it cannot be made.
  public init(_ path: String) throws(FileError) {
    self.path = path
    temporary = "\(path).\(getpid()).partial"
    descriptor = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: path, code: errno) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  /// Appends `bytes`.
  ///
  /// - Throws: ``FileError`` when the disk is full or another step fails.
  public func append(_ bytes: [UInt8]) throws(FileError) {
    count += bytes.count
    if bytes.count < Self.bufferSize {
      buffer += bytes
      if buffer.count >= Self.bufferSize { try flush() }
    } else {
      try flush()
      try write(bytes)
    }
  }

  /// Writes over `bytes.count` bytes at `offset`, which were appended before.
  ///
  /// - Throws: ``FileError`` when a step fails.
  public func overwrite(_ bytes: [UInt8], at offset: Int) throws(FileError) {
    precondition(offset >= 0 && offset + bytes.count <= count, "only what was written can be written over")
    try flush()
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw failure() }
    try write(bytes)
    guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw failure() }
  }

  /// Syncs the file to the disk and gives it its name; nothing may be appended afterwards.
  ///
  /// - Throws: ``FileError`` when a step fails; nothing is left then.
  public func finish() throws(FileError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw failure() }
    let code = close(descriptor)
    descriptor = -1
    guard code == 0, rename(temporary, path) == 0 else {
      let error = failure()
      unlink(temporary)
      throw error
    }
    AtomicFile.syncFolder(of: path)
  }

  private func flush() throws(FileError) {
    guard !buffer.isEmpty else { return }
    try write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8]) throws(FileError) { try AtomicFile.writeAll(bytes, descriptor: descriptor, path: path) }

  private func failure() -> FileError { FileError(operation: "write", path: path, code: errno) }
}
