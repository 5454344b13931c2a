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
}
