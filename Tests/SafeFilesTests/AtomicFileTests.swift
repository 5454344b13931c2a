import SafeFiles
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that is gone after the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    let root = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
    var template = Array("\(root)/benchpresso-XXXXXX".utf8CString)
    path = try template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, mkdtemp(base) != nil else {
        throw FileError(operation: "make", path: "temporary folder", code: errno)
      }
      return String(cString: base)
    }
  }

  deinit {
    for name in (try? Folder.names(in: path)) ?? [] { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}

@Suite struct AtomicFileTests {
  @Test func writesAndReplaces() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/file"
    try AtomicFile.write("first", to: path)
    try AtomicFile.write([UInt8]("second and longer".utf8), to: path)
    #expect(try FileBytes.read(path) == [UInt8]("second and longer".utf8))
    #expect(try Folder.names(in: folder.path) == ["file"])
  }

  @Test func aFailedWriteLeavesTheOldFileAndNoTrace() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError.self) { try AtomicFile.write("x", to: "\(folder.path)/missing/file") }
    // A folder in the file's place: the write succeeds, the rename is refused, the temporary file goes.
    mkdir("\(folder.path)/taken", 0o755)
    #expect(throws: FileError.self) { try AtomicFile.write("x", to: "\(folder.path)/taken") }
    #expect(try Folder.names(in: folder.path) == ["taken"])
    rmdir("\(folder.path)/taken")
  }

  @Test func emptyFilesAndFilesOfUnknownSizeAreReadWhole() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("", to: "\(folder.path)/empty")
    #expect(try FileBytes.read("\(folder.path)/empty") == [])
    #if os(Linux)
      #expect(try FileBytes.read("/proc/self/status").count > 0)
    #endif
  }

  @Test(arguments: [
    (ENOENT, "cannot read 'a/b': no such file or folder; check the spelling and the folder it is in"),
    (ENOSPC, "cannot read 'a/b': the disk is full; free some space and run the command again, nothing was lost"),
    (EACCES, "cannot read 'a/b': permission denied; check who owns it"),
    (EISDIR, "cannot read 'a/b': it is a folder, and a file is needed here"),
  ]) func errorsSayTheRemedy(code: Int32, sentence: String) {
    #expect(FileError(operation: "read", path: "a/b", code: code).description == sentence)
  }

  @Test func foldersAreMadeWithAllThatLeadsToThem() throws {
    let folder = try TemporaryFolder()
    try Folder.create("\(folder.path)/a/b")
    try Folder.create("\(folder.path)/a/b")
    #expect(Folder.exists("\(folder.path)/a/b"))
    try AtomicFile.write("x", to: "\(folder.path)/file")
    #expect(throws: FileError.self) { try Folder.create("\(folder.path)/file/b") }
    rmdir("\(folder.path)/a/b")
    rmdir("\(folder.path)/a")
  }
}
