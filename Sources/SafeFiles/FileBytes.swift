#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reading whole files.
public enum FileBytes {
  /// Returns the contents of the file at `path`.
  ///
  /// - Throws: ``FileError`` when the file is missing, is a folder or cannot be read.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(operation: "read", path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(operation: "read", path: path, code: errno) }
    var bytes = [UInt8](repeating: 0, count: max(Int(status.st_size), 0))
    var filled = 0
    while true {
      if filled == bytes.count {
        bytes.append(contentsOf: [UInt8](repeating: 0, count: filled == 0 || filled > Int(status.st_size) ? 65536 : 1))
      }
      let count = bytes.withUnsafeMutableBytes { buffer in
        #if canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
        #else
          Darwin.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
        #endif
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(operation: "read", path: path, code: errno)
      }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// Whether there is a file at `path`; false for a folder.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && (status.st_mode & S_IFMT) != S_IFDIR
  }

  /// Returns the number of bytes of the file at `path`.
  ///
  /// - Throws: ``FileError`` when there is none.
  public static func count(of path: String) throws(FileError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileError(operation: "look at", path: path, code: errno) }
    return Int(status.st_size)
  }
}
