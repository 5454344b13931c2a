#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of files that takes the place of another one in one step, when all of it is written.
///
/// The files go to a folder beside it, whose name ends in `.partial`. Where the system can exchange two names (Linux, macOS, most file systems)
/// there is at every moment the whole old folder or the whole new one; elsewhere the old one is moved away first, and there is none for a moment.
/// An object that goes away unfinished takes its files with it.
public final class StagedFolder {
  private let path: String
  private let temporary: String
  private var made: Set<String> = []
  private var isFinished = false
  /// The number of bytes written so far.
  public private(set) var byteCount = 0

  /// Starts an empty folder that will be called `path`; a link is followed.
  ///
  /// - Throws: ``FileError`` when it cannot be made.
  public init(_ path: String) throws(FileError) {
    self.path = Self.resolved(path)
    temporary = "\(self.path).\(getpid()).partial"
    if Folder.exists(temporary) { try? FileManager.default.removeItem(atPath: temporary) }
    try Folder.create(temporary)
  }

  deinit { if !isFinished { try? FileManager.default.removeItem(atPath: temporary) } }

  /// Writes a file; folders on its way are made.
  ///
  /// - Throws: ``FileError`` when the system refuses.
  public func write(_ text: String, to name: String) throws(FileError) {
    precondition(!name.hasPrefix("/") && !name.split(separator: "/").contains(".."), "a file of the folder lies in it")
    let target = "\(temporary)/\(name)"
    if let slash = name.lastIndex(of: "/") {
      let folder = String(name[..<slash])
      if made.insert(folder).inserted { try Folder.create("\(temporary)/\(folder)") }
    }
    let bytes = [UInt8](text.utf8)
    let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: target, code: errno) }
    do throws(FileError) {
      try AtomicFile.writeAll(bytes, descriptor: descriptor, path: target)
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw FileError(operation: "write", path: target, code: errno) }
    byteCount += bytes.count
  }

  /// Gives the folder its name; what had it before is removed.
  ///
  /// - Throws: ``FileError`` when a step fails; the old folder is then where it was.
  public func finish() throws(FileError) {
    if Folder.exists(path) {
      try replace()
    } else {
      guard rename(temporary, path) == 0 else { throw FileError(operation: "write", path: path, code: errno) }
    }
    isFinished = true
    AtomicFile.syncFolder(of: path)
  }

  private func replace() throws(FileError) {
    if Self.exchange(temporary, path) {
      try? FileManager.default.removeItem(atPath: temporary)
      return
    }
    let old = "\(path).\(getpid()).old"
    guard rename(path, old) == 0 else { throw FileError(operation: "replace", path: path, code: errno) }
    guard rename(temporary, path) == 0 else {
      let code = errno
      rename(old, path)
      throw FileError(operation: "replace", path: path, code: code)
    }
    try? FileManager.default.removeItem(atPath: old)
  }

  /// Exchanges two names in one step; false where the system or the file system cannot.
  private static func exchange(_ one: String, _ other: String) -> Bool {
    #if canImport(Darwin)
      return renamex_np(one, other, UInt32(RENAME_SWAP)) == 0
    #else
      // The function is in every glibc since 2.28, but not among those that Swift sees.
      typealias Function = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
      guard let symbol = dlsym(nil, "renameat2") else { return false }
      let function = unsafeBitCast(symbol, to: Function.self)
      let exchange: UInt32 = 2
      return function(AT_FDCWD, one, AT_FDCWD, other, exchange) == 0
    #endif
  }

  /// The path that links lead to, without a slash at the end.
  private static func resolved(_ path: String) -> String {
    if let buffer = realpath(path, nil) {
      defer { free(buffer) }
      return String(cString: buffer)
    }
    var text = path[...]
    while text.count > 1, text.last == "/" { text.removeLast() }
    return String(text)
  }
}
