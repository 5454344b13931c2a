import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is being fetched: its bytes so far (`NAME.part`), and beside them what tells whether the server's file is still the same
/// (`NAME.part.from`: the address, a line, and the validator, a line).
///
/// While it is open no other process can open it.
final class PartialFile {
  let path: String
  private let target: String
  private let descriptor: Int32
  private(set) var size: Int
  private var isFinished = false
  /// What the server gave to recognise its file by.
  private(set) var validator: String?

  private var statePath: String { path + ".from" }

  /// Opens the part of `target` that an earlier try from `address` left, or an empty one.
  init(target: String, address: String) throws(DownloadError) {
    self.target = target
    path = target + ".part"
    let path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    (size, validator) = (0, nil)
    guard descriptor >= 0 else { throw DownloadError.file(FileError(operation: "write", path: path, code: errno)) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw DownloadError.busy(path: target)
    }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= 0 else { throw DownloadError.file(FileError(operation: "write", path: path, code: errno)) }
    size = Int(end)
    let state = (try? FileBytes.read(path + ".from")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let lines = state.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.first.map(String.init) == address {
      validator = lines.dropFirst().first.flatMap { $0.isEmpty ? nil : String($0) }
    } else if size > 0 {
      try empty()
    }
  }

  deinit {
    if size == 0 && !isFinished { discard() }
    close(descriptor)
  }

  /// Forgets all bytes.
  func empty() throws(DownloadError) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure() }
    (size, validator) = (0, nil)
  }

  /// Starts anew with a file that the server describes by `validator`.
  func begin(address: String, validator: String?) throws(DownloadError) {
    try empty()
    self.validator = validator
    do throws(FileError) {
      try AtomicFile.write("\(address)\n\(validator ?? "")\n", to: statePath)
    } catch {
      throw DownloadError.file(error)
    }
  }

  /// Appends `bytes`.
  func append(_ bytes: [UInt8]) throws(DownloadError) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: offset), bytes.count - offset) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure()
      }
      offset += count
      size += count
    }
  }

  /// Removes the part and what belongs to it.
  func discard() {
    unlink(path)
    unlink(statePath)
  }

  /// Gives the part its name, once all of it is on the disk.
  func finish() throws(DownloadError) {
    guard fsync(descriptor) == 0, rename(path, target) == 0 else { throw failure() }
    isFinished = true
    unlink(statePath)
    let folder = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? "."
    let place = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
    if place >= 0 {
      fsync(place)
      close(place)
    }
  }

  private func failure() -> DownloadError { DownloadError.file(FileError(operation: "write", path: path, code: errno)) }
}
