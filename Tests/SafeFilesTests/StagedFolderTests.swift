import Foundation
import SafeFiles
import Testing

struct StagedFolderTests {
  private func text(_ path: String) throws -> String { String(decoding: try FileBytes.read(path), as: UTF8.self) }

  @Test func theNewFolderTakesThePlaceOfTheOldOne() throws {
    let scratch = try ScratchFolder()
    let path = "\(scratch.path)/site"
    for (round, name) in ["a.txt", "b/c.txt"].enumerated() {
      let staged = try StagedFolder(path)
      try staged.write("round \(round)", to: name)
      // Until the end there is what was there before.
      #expect(Folder.exists(path) == (round == 1))
      try staged.finish()
      #expect(try text("\(path)/\(name)") == "round \(round)" && staged.byteCount == 7)
      #expect(try Folder.names(in: scratch.path) == ["site"])
    }
    #expect(!FileBytes.exists("\(path)/a.txt"))
  }

  @Test func whatIsNotFinishedLeavesNothing() throws {
    let scratch = try ScratchFolder()
    let path = "\(scratch.path)/site"
    try Folder.create(path)
    try AtomicFile.write("old", to: "\(path)/a.txt")
    do {
      let staged = try StagedFolder(path)
      try staged.write("new", to: "a.txt")
      #expect(throws: FileError.self) { try staged.write("again", to: "a.txt") }
    }
    #expect(try text("\(path)/a.txt") == "old" && Folder.names(in: scratch.path) == ["site"])
  }

  @Test func linksAreFollowed() throws {
    let scratch = try ScratchFolder()
    try Folder.create("\(scratch.path)/real")
    try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/link", withDestinationPath: "real")
    let staged = try StagedFolder("\(scratch.path)/link")
    try staged.write("x", to: "a.txt")
    try staged.finish()
    #expect(try text("\(scratch.path)/real/a.txt") == "x" && Folder.names(in: scratch.path) == ["link", "real"])
  }

  @Test func aStampChangesWithTheFile() throws {
    let scratch = try ScratchFolder()
    let path = "\(scratch.path)/a"
    #expect(FileStamp(path) == nil)
    try AtomicFile.write("a", to: path)
    let first = try #require(FileStamp(path))
    #expect(FileStamp(path) == first)
    try AppendedFile.append([1], to: path)
    let second = try #require(FileStamp(path))
    #expect(second != first && second.isSameFile(as: first))
    // The old file is kept, as its number could be given to the new one.
    try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
    try AtomicFile.write("aa", to: path)
    #expect(try !#require(FileStamp(path)).isSameFile(as: second))
  }
}
