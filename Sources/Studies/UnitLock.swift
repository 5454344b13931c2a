public import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to work on a unit, held by one process; it ends with the process, however that ends.
public final class UnitLock {
  private let file: LockFile

  /// Takes the right.
  ///
  /// - Returns: Nil when another process has it.
  /// - Throws: `FileError` when the file of the lock cannot be made.
  public init?(_ folder: UnitFolder) throws(FileError) {
    file = try LockFile(folder.lock)
    // Who asks whether the lock is held has it for a moment.
    for _ in 0..<Self.attempts {
      if file.lock(isShared: false) { return }
      usleep(10_000)
    }
    return nil
  }

  private static let attempts = 5

  /// Whether a process on this machine, or on one that shares its locks, works on the unit.
  public static func isHeld(_ folder: UnitFolder) -> Bool {
    let descriptor = open(folder.lock, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }
}

/// The machine as a place to work at: many share it, but a timing wants it for itself.
///
/// It keeps the units of one study apart; of other programs it knows nothing.
public final class MachineShare {
  private let file: LockFile

  /// Opens the file of this machine in the folder of a study.
  ///
  /// - Throws: `FileError` when it cannot be made.
  public init(_ folder: StudyFolder, host: String) throws(FileError) {
    file = try LockFile(folder.machine(host))
  }

  /// Takes a share; all of the machine for a timing.
  ///
  /// - Returns: False while that is not to be had.
  public func take(for kind: StudyUnit.Kind) -> Bool { file.lock(isShared: kind != .time) }
}

/// A file whose only purpose is to be locked.
private final class LockFile {
  private let descriptor: Int32

  init(_ path: String) throws(FileError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: path, code: errno) }
  }

  func lock(isShared: Bool) -> Bool { flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 }

  deinit { close(descriptor) }
}
