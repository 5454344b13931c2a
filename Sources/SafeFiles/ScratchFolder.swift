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

/// A folder of its own for one call of a program, removed with all that is in it when it is no longer used.
public final class ScratchFolder {
  /// Where it lies: in the folder that TMPDIR names, else in `/tmp`.
  public let path: String

  /// Makes the folder.
  ///
  /// - Throws: ``FileError`` when it cannot be made.
  public init() throws(FileError) {
    let base = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var name = Array("\(base)/benchpresso-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw FileError(operation: "create a folder in", path: base, code: errno) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Whether there is a file that can be read.
  public static func holds(_ path: String) -> Bool { access(path, R_OK) == 0 }
}
