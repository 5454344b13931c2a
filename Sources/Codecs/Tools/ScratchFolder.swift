import SafeFiles

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
final class ScratchFolder {
  let path: String

  init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var name = Array("\(base)/benchpresso-codec-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw FileError(operation: "create a folder in", path: base, code: errno) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Whether there is a file.
  static func holds(_ path: String) -> Bool { access(path, R_OK) == 0 }
}
