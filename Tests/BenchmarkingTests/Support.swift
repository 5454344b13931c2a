import Codecs
import Foundation
import Images

/// A folder of pictures that is removed when it is no longer used.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("benchmarking-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes `bytes` under `name`, with the folders that lead there, and returns the path.
  func add(_ name: String, bytes: [UInt8]) throws -> String {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  func add(_ name: String, image: Image) throws -> String { try add(name, bytes: PNG.encode(image)) }

  /// The paths of all files inside, sorted.
  var contents: [String] {
    let entries = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return entries.filter { !isFolder("\(path)/\($0)") }.sorted()
  }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}

/// A picture whose samples depend on its place.
func testImage(_ width: Int, _ height: Int, seed: Int = 0) -> Image {
  let pixels = (0..<width * height * 3).map { UInt8(truncatingIfNeeded: ($0 % (width * 3)) * 2 + $0 / (width * 3) + seed) }
  return Image(width: width, height: height, pixels: pixels)
}

/// A codec that drops the lower bits, notes what it was asked for and can misbehave.
final class CrudeCodec: ImageCodec {
  enum Fault { case none, otherSize, tooFew, refuses }
  struct Refusal: Error, CustomStringConvertible { let description = "it is too grey" }

  let identity = "crude"
  let summary = "drops four bits"
  let fileSuffix = "crude"
  let codesBatches: Bool
  private let fault: Fault
  private(set) var encodedSizes: [Int] = []
  private(set) var estimates = 0

  init(codesBatches: Bool = true, fault: Fault = .none) {
    self.codesBatches = codesBatches
    self.fault = fault
  }

  func encode(_ images: [Image]) throws -> [CodedImage] {
    encodedSizes.append(images.count)
    if fault == .refuses { throw Refusal() }
    return images.map { image in
      let header = [image.width, image.height].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      return CodedImage(file: header + image.pixels.map { $0 & 0xF0 }, payloadByteCounts: [image.pixels.count - 1, 1], seconds: 0.5)
    }
  }

  func decode(_ files: [[UInt8]], name: String) throws -> [DecodedImage] {
    (fault == .tooFew ? Array(files.dropLast()) : files).map { file in
      let (width, height) = (Int(file[0]) + Int(file[1]) << 8, Int(file[2]) + Int(file[3]) << 8)
      let image = fault == .otherSize ? testImage(width + 1, height) : Image(width: width, height: height, pixels: Array(file.dropFirst(4)))
      return DecodedImage(image: image, seconds: 0.25)
    }
  }

  func estimatedBits(_ images: [Image]) throws -> [Double]? {
    estimates += 1
    return images.map { Double($0.pixels.count * 4) }
  }
}
