import Images
import SafeFiles

/// Pictures of several sizes with smooth parts, edges and noise, the same on every run.
enum TrialPictures {
  static let sizes = [(1, 1), (7, 3), (64, 64), (65, 127)]
  static let large = (768, 512)

  /// Writes the pictures into a folder and returns their paths.
  static func write(_ sizes: [(Int, Int)], to folder: String) throws -> [String] {
    try Folder.create(folder)
    return try sizes.map { width, height in
      let path = "\(folder)/\(width)x\(height).png"
      try AtomicFile.write(PNG.encode(picture(width: width, height: height)), to: path)
      return path
    }
  }

  static func picture(width: Int, height: Int) -> Image {
    var state: UInt64 = 1
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<3 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let noise = Int(state >> 60) - 8
          let smooth = (x + y * (channel + 1)) / 3 % 256
          let edge = (x / 40 + y / 56) % 2 == 0 ? 40 : 0
          pixels.append(UInt8(clamping: smooth + edge + noise))
        }
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
