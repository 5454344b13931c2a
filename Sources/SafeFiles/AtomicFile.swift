#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writing files so that a crash, a full disk or a kill leaves either the old contents or the new, never a part.
///
/// The bytes go to a temporary name in the same folder, are synced to the disk and renamed over the target; then the folder is synced.
public enum AtomicFile {
  /// Writes `bytes` to `path` in one step.
  ///
  /// - Throws: ``FileError`` when any step fails; the temporary file is then removed and an earlier file at `path` is untouched.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let temporary = "\(path).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: path, code: errno) }
    do throws(FileError) {
      try writeAll(bytes, descriptor: descriptor, path: path)
      guard fsync(descriptor) == 0 else { throw FileError(operation: "write", path: path, code: errno) }
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileError(operation: "write", path: path, code: code)
    }
    syncFolder(of: path)
  }

  /// Writes `text` as UTF-8 to `path` in one step.
  ///
  /// - Throws: ``FileError`` as ``write(_:to:)-([UInt8],_)`` does.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write([UInt8](text.utf8), to: path)
  }

  static func writeAll(_ bytes: [UInt8], descriptor: Int32, path: String) throws(FileError) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
        #else
          Darwin.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
        #endif
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(operation: "write", path: path, code: errno)
      }
      offset += count
    }
  }

  /// Some file systems cannot sync a folder; the file itself is safe by then, so a refusal is not an error.
  static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
