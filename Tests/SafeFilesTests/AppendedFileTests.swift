import SafeFiles
import Testing

struct AppendedFileTests {
  @Test func bytesComeAfterThoseThatAreThere() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/journal"
    for text in ["one\n", "", "two\n"] { try AppendedFile.append([UInt8](text.utf8), to: path) }
    #expect(try FileBytes.read(path) == [UInt8]("one\ntwo\n".utf8))
  }

  @Test func whatCannotBeWrittenIsSaid() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError.self) { try AppendedFile.append([1], to: "\(folder.path)/none/journal") }
    #expect(throws: FileError.self) { try AppendedFile.append([1], to: folder.path) }
  }
}
