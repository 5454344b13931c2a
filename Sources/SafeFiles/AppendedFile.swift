#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Adding to a file so that what was added is still there after a kill or a power cut.
public enum AppendedFile {
  /// Writes `bytes` at the end of the file at `path`, which is created where there is none, and waits until they are on the disk.
  ///
  /// A part of them may be there after an error.
  ///
  /// - Throws: ``FileError``.
  public static func append(_ bytes: [UInt8], to path: String) throws(FileError) {
    let isNew = access(path, F_OK) != 0
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: path, code: errno) }
    defer { close(descriptor) }
    try AtomicFile.writeAll(bytes, descriptor: descriptor, path: path)
    guard fsync(descriptor) == 0 else { throw FileError(operation: "write", path: path, code: errno) }
    if isNew { AtomicFile.syncFolder(of: path) }
  }
}
