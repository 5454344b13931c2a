import Foundation
import Testing

@testable import Benchpresso

struct FreshFolderTests {
  @Test func aNumberIsAddedWhereFilesLie() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/test"
    #expect(try FreshFolder.free(path) == path)
    #expect(try FreshFolder.free(path + "/") == path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(try FreshFolder.free(path) == path, "an empty folder is free")
    try folder.add("test/results.json", "{}")
    #expect(try FreshFolder.free(path) == "\(path)_1")
    #expect(try FreshFolder.free(path + "/") == "\(path)_1")
    try folder.add("test_1/results.json", "{}")
    try folder.add("test_3/results.json", "{}")
    #expect(try FreshFolder.free(path) == "\(path)_2")
  }

  @Test func aTakenFolderIsNotGivenTwice() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/a/test"
    #expect(try FreshFolder.create(path) == path)
    #expect(try FreshFolder.create(path) == "\(path)_1", "the first is taken, though it has no files yet")
    FreshFolder.settle(path)
    #expect(try FreshFolder.create(path) == path, "nothing was written to it")
    try folder.add("a/test/results.json", "{}")
    FreshFolder.settle(path)
    FreshFolder.settle("\(path)_1")
    #expect(try FreshFolder.create(path) == "\(path)_1")
  }
}
