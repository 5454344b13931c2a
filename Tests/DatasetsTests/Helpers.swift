import Datasets
import Foundation
import Images

/// A folder of small pictures that is removed when it is no longer used.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("datasets-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes `bytes` under `name`, with the folders that lead there.
  @discardableResult
  func add(_ name: String, bytes: [UInt8] = []) throws -> String {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  @discardableResult
  func add(_ name: String, image: Image) throws -> String { try add(name, bytes: PNG.encode(image)) }

  func names(of files: [String]) -> [String] { files.map { String($0.dropFirst(path.count + 1)) } }
}

/// A picture in which the sample of column x and row y is (first + x, first + y, first).
func testImage(width: Int, height: Int, first: Int = 0) -> Image {
  var pixels: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width { pixels += [UInt8((first + x) % 256), UInt8((first + y) % 256), UInt8(first % 256)] }
  }
  return Image(width: width, height: height, pixels: pixels)
}

extension BatchLoader {
  /// The next `count` batches, or all that are left.
  func take(_ count: Int) throws -> [Batch] {
    var batches: [Batch] = []
    while batches.count < count, let batch = try next() { batches.append(batch) }
    return batches
  }
}
