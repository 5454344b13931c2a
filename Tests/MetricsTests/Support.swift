import Foundation
import Images

/// The root of the repository.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// Reference values of one picture against its distorted copies; `Fixtures/metrics/generate.py` renews them.
struct Goldens: Decodable {
  struct Values: Decodable {
    let psnr: Double
    let msSSIM: Double
    let ssim: Double

    enum CodingKeys: String, CodingKey {
      case psnr, ssim
      case msSSIM = "ms_ssim"
    }
  }
  struct Crop: Decodable {
    let x: Int
    let y: Int
    let width: Int
    let height: Int
  }
  let values: [String: Values]
  let crops: [String: Crop]?

  static func read(_ name: String) throws -> Goldens {
    try JSONDecoder().decode(Goldens.self, from: Data(contentsOf: URL(fileURLWithPath: "\(repository)/Tests/Fixtures/metrics/\(name)")))
  }
}

/// The distortions that the goldens name.
enum Distortion {
  static func apply(_ name: String, to image: Image) throws -> Image {
    switch name {
    case let name where name.hasPrefix("mask_"):
      if let mask = UInt8(name.dropFirst(5), radix: 16) { masked(image, mask) } else { throw UnknownDistortion(name: name) }
    case "roll_1px_right": mapped(image) { x, y, channel in sample(image, (x + image.width - 1) % image.width, y, channel) }
    case "box_2x2":
      mapped(image) { x, y, channel in
        let (left, top) = (x / 2 * 2, y / 2 * 2)
        let sum = [(0, 0), (1, 0), (0, 1), (1, 1)].reduce(2) { $0 + Int(sample(image, left + $1.0, top + $1.1, channel)) }
        return UInt8(sum / 4)
      }
    default: throw UnknownDistortion(name: name)
    }
  }

  struct UnknownDistortion: Error { let name: String }

  private static func masked(_ image: Image, _ mask: UInt8) -> Image {
    Image(width: image.width, height: image.height, pixels: image.pixels.map { $0 & mask })
  }

  private static func sample(_ image: Image, _ x: Int, _ y: Int, _ channel: Int) -> UInt8 {
    image.pixels[(y * image.width + x) * 3 + channel]
  }

  private static func mapped(_ image: Image, _ value: (Int, Int, Int) -> UInt8) -> Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(image.pixels.count)
    for y in 0..<image.height {
      for x in 0..<image.width {
        for channel in 0..<3 { pixels.append(value(x, y, channel)) }
      }
    }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }
}
