import ChildProcesses
import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Unpacks zip archives through the program `unzip`.
///
/// All names are looked at first: an archive with a name that leads out of its folder, or with a link, is refused as a whole. The files go to a
/// folder of another name beside the target and get the target's name at the end, so that a folder under its own name is whole. Where all entries
/// lie in one folder that is called like the target, this folder becomes the target.
public struct ZipUnpacker: Sendable {
  /// What an archive holds.
  public struct Contents: Sendable, Equatable {
    /// The number of its entries.
    public let entryCount: Int
    /// The bytes of its files when unpacked.
    public let size: Int
  }

  /// The path of the archive.
  public let archive: String

  /// Creates an unpacker.
  public init(_ archive: String) { self.archive = archive.hasPrefix("-") ? "./" + archive : archive }

  /// Looks at the names and sizes of all entries.
  ///
  /// - Throws: ``DownloadError`` when it is no archive or holds an unsafe entry.
  public func contents() throws -> Contents {
    let names = try run(["-Z1", archive])
    for name in names { try check(String(name)) }
    let lines = try run(["-Zs", archive])
    var size = 0
    for line in lines {
      if line.hasPrefix("l") { throw DownloadError.unsafeEntry(archive: archive, entry: String(line.split(separator: " ").last ?? "")) }
      // "-rw-r--r--  3.0 unx    12345 bx defN 20-Jan-01 00:00 name"
      let fields = line.split(separator: " ", omittingEmptySubsequences: true)
      if "-?d".contains(line.first ?? " "), fields.count >= 9, let bytes = Int(fields[3]) { size += bytes }
    }
    return Contents(entryCount: names.count, size: size)
  }

  /// Unpacks all entries into the folder `target`, which must not be there.
  ///
  /// - Parameters:
  ///   - shouldStop: asked often; true ends it, and nothing is left under the target's name.
  ///   - observe: told how many entries are done.
  /// - Throws: ``DownloadError`` when the disk is too small, an entry is damaged or unsafe.
  public func unpack(into target: String, shouldStop: () -> Bool = { false }, observe: (Int) -> Void = { _ in }) throws -> Contents {
    let contents = try contents()
    let parent = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? "."
    let working = target + ".unpacking"
    do {
      try Folder.create(parent)
      try DiskSpace.check(contents.size, in: parent)
      // What an earlier try left is written over.
      try Folder.create(working)
    } catch let error as FileError {
      throw DownloadError.file(error)
    }
    var lines = 0
    let result = try ChildProcess("unzip", ["-o", archive, "-d", working]).run { bytes in
      if shouldStop() { throw DownloadError.stopped(part: archive) }
      if bytes.isEmpty { return }
      lines += bytes.count { $0 == 10 }
      observe(min(lines, contents.entryCount))
    }
    guard result.isSuccess else { throw failure(result) }
    let name = target.split(separator: "/").last.map(String.init) ?? target
    let inner = "\(working)/\(name)"
    let isWrapped = (try? Folder.names(in: working)) == [name] && Folder.exists(inner)
    guard rename(isWrapped ? inner : working, target) == 0 else {
      throw DownloadError.file(FileError(operation: "create the folder", path: target, code: errno))
    }
    if isWrapped { Folder.removeIfEmpty(working) }
    return contents
  }

  private func check(_ name: String) throws(DownloadError) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isUnsafe =
      name.hasPrefix("/") || name.hasPrefix("~") || name.contains("\\") || parts.contains("..")
      || name.unicodeScalars.contains { $0.value < 32 }
    if isUnsafe { throw DownloadError.unsafeEntry(archive: archive, entry: name) }
  }

  private func run(_ arguments: [String]) throws -> [Substring] {
    var output: [UInt8] = []
    do {
      let result = try ChildProcess("unzip", arguments).run { output += $0 }
      guard result.isSuccess else { throw failure(result) }
    } catch let error as ChildProcessError {
      throw DownloadError.program(error)
    }
    return String(decoding: output, as: UTF8.self).split(separator: "\n")
  }

  private func failure(_ result: ChildProcessResult) -> DownloadError {
    if result.ending == .exit(status: 50) { return DownloadError.file(FileError(operation: "unpack", path: archive, code: ENOSPC)) }
    let line = result.messagesText.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.first { !$0.isEmpty }
    return DownloadError.archive(path: archive, reason: line.map(String.init) ?? "unzip \(result.ending)")
  }
}
