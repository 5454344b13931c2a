import ChildProcesses
import Downloads
import Foundation

/// A folder that is removed when it is no longer used.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("downloads-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The names in the folder and below, sorted.
  var names: [String] { (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []).sorted() }

  func bytes(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: "\(path)/\(name)").map { [UInt8]($0) } }

  func add(_ name: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }
}

enum Programs {
  static var areThere: Bool { ProgramSearch.path(of: "curl") != nil && ProgramSearch.path(of: "unzip") != nil }
}

/// Bytes that do not repeat soon.
func content(_ count: Int, seed: Int = 0) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761 &+ seed) >> 11) } }

extension Downloader {
  /// One that does not wait long.
  static var impatient: Downloader {
    var downloader = Downloader()
    (downloader.stallLimit, downloader.connectLimit, downloader.tries, downloader.firstPause) = (1, 5, 3, 0.001)
    return downloader
  }
}
