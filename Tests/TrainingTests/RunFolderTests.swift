import Foundation
import SafeFiles
import Testing
import Training

struct RunFolderTests {
  @Test func versionsAreCountedUp() throws {
    let folder = try TestFolder()
    let root = "\(folder.path)/logs"
    #expect(try RunFolder.next(root: root, name: "run").path == "\(root)/run/version_0")
    #expect(try RunFolder.next(root: root, name: "run").path == "\(root)/run/version_1")
    // Gaps and other names do not matter, and 10 comes after 9.
    for name in ["version_9", "version_10", "version_x", "notes"] { try Folder.create("\(root)/run/\(name)") }
    #expect(try RunFolder.next(root: root, name: "run").path == "\(root)/run/version_11")
    #expect(try RunFolder.next(root: root, name: "other").path == "\(root)/other/version_0")
    #expect(try Folder.names(in: "\(root)/run/version_11").isEmpty)
  }

  @Test func theNewestVersionWithACheckpoint() throws {
    let folder = try TestFolder()
    #expect(try RunFolder.newestWithCheckpoint(root: folder.path, name: "run") == nil)
    let versions = try (0..<3).map { _ in try RunFolder.next(root: folder.path, name: "run") }
    #expect(try RunFolder.newestWithCheckpoint(root: folder.path, name: "run") == nil)
    for version in versions { try Folder.create(version.checkpoints) }
    #expect(try RunFolder.newestWithCheckpoint(root: folder.path, name: "run") == nil)
    try AtomicFile.write("", to: versions[0].last)
    try AtomicFile.write("", to: versions[1].last)
    try AtomicFile.write("", to: versions[2].best)
    #expect(try RunFolder.newestWithCheckpoint(root: folder.path, name: "run") == versions[1])
  }

  @Test func theFilesOfARun() {
    let run = RunFolder(path: "logs/a/version_0")
    #expect(run.configuration == "logs/a/version_0/config.yaml")
    #expect(run.metrics == "logs/a/version_0/metrics.csv")
    #expect(run.last == "logs/a/version_0/checkpoints/last.ckpt")
    #expect(run.best == "logs/a/version_0/checkpoints/best.ckpt")
  }

  @Test func aFileInTheWayIsAnError() throws {
    let folder = try TestFolder()
    try AtomicFile.write("", to: "\(folder.path)/run")
    #expect(throws: FileError.self) { try RunFolder.next(root: folder.path, name: "run") }
  }
}
