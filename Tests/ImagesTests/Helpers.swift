import Foundation
import Images

/// A small picture without symmetries.
func testImage(width: Int, height: Int) -> Image {
  var pixels: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width { pixels += [UInt8((x * 7 + y) % 256), UInt8((y * 11 + 3) % 256), UInt8((x * y) % 256)] }
  }
  return Image(width: width, height: height, pixels: pixels)
}

/// Runs `body` with the path of a file that holds `bytes`.
@discardableResult
func withFile<Value>(_ bytes: [UInt8], name: String = "picture", body: (String) throws -> Value) throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("images-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent(name)
  try Data(bytes).write(to: file)
  return try body(file.path)
}

/// The average over all samples of |a − b|.
func meanDifference(_ a: Image, _ b: Image) -> Double {
  Double(zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(a.pixels.count)
}
