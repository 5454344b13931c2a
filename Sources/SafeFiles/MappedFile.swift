#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The bytes of a file in memory, read by the system when they are looked at.
///
/// Unchecked because the compiler cannot know that nobody writes: the mapping is read-only and goes away with the object. A file that is cut by
/// another program while it is mapped ends the program at the next look, as the system has it.
public final class MappedFile: @unchecked Sendable {
  private let start: UnsafeMutableRawPointer?
  /// The number of bytes.
  public let count: Int

  /// Maps the file at `path`.
  ///
  /// - Throws: ``FileError`` when it is missing, no plain file, or cannot be mapped.
  public init(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(operation: "read", path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(operation: "read", path: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(operation: "read", path: path, code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    count = Int(status.st_size)
    guard count > 0 else {
      start = nil
      return
    }
    guard let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapping != MAP_FAILED else {
      throw FileError(operation: "read", path: path, code: errno)
    }
    start = mapping
  }

  deinit {
    if let start { munmap(start, count) }
  }

  /// Runs `body` on the bytes, which must not be used after it returns.
  public func withBytes<Result, Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Result) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: start, count: count))
  }
}
