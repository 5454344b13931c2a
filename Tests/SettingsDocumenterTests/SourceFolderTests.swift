import Foundation
import SafeFiles
import Testing

@testable import SettingsDocumenter

struct SourceFolderTests {
  @Test func staleFilesAreFoundAndFreshOnesAreNot() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("documenter-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    for room in ["A/Inner", "B", "C"] { try Folder.create("\(path)/\(room)") }
    try AtomicFile.write("struct S: Settings {\n/// One.\nvar a = 1\n}", to: "\(path)/A/Inner/S.swift")
    try AtomicFile.write("struct T {}", to: "\(path)/B/T.swift")
    try AtomicFile.write("left over", to: "\(path)/B/\(SourceFolder.fileName)")
    let folder = SourceFolder(path: path)
    let stale = try folder.staleFiles()
    #expect(stale.map(\.path) == ["\(path)/A/SettingsDocumentation.swift", "\(path)/B/SettingsDocumentation.swift"])
    #expect(stale.map { $0.contents == nil } == [false, true])
    try AtomicFile.write(try #require(stale.first?.contents), to: "\(path)/A/\(SourceFolder.fileName)")
    #expect(try folder.staleFiles().map(\.path) == ["\(path)/B/SettingsDocumentation.swift"])
  }

  /// The sources of this package.
  @Test func theFilesOfThisPackageAreFresh() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let stale = try SourceFolder(path: root.appendingPathComponent("Sources").path).staleFiles()
    #expect(stale.isEmpty, "run 'make documentation' and commit what it writes")
  }
}
