public import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to work on a unit, held by one process; it ends with the process, however that ends.
public final class UnitLock {
  private let descriptor: Int32

  /// Takes the right.
  ///
  /// - Returns: Nil when another process has it.
  /// - Throws: `FileError` when the file of the lock cannot be made.
  public init?(_ folder: UnitFolder) throws(FileError) {
    descriptor = open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: folder.lock, code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Whether a process on this machine, or on one that shares its locks, works on the unit.
  public static func isHeld(_ folder: UnitFolder) -> Bool {
    let descriptor = open(folder.lock, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }
}
