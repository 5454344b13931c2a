import Foundation
import Images
import Testing

@testable import Metrics

struct SSIMULACRA2Tests {
  /// Values of `Fixtures/metrics/generate_ssimulacra2.py`: those of the reference program, and of its formulas in 64 bits.
  private struct Goldens: Decodable {
    struct Pair: Decodable {
      let exact: Double
      let tool: Double
    }
    struct Crop: Decodable {
      let x: Int
      let y: Int
      let width: Int
      let height: Int
    }
    let crops: [String: Crop]
    let values: [String: Pair]

    static func read() throws -> Goldens {
      let path = "\(repository)/Tests/Fixtures/metrics/ssimulacra2.json"
      return try JSONDecoder().decode(Goldens.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    func pictures(_ key: String) throws -> (original: Image, copy: Image) {
      let parts = key.split(separator: "/").map(String.init)
      guard let crop = crops[parts[0]] else {
        let folder = "\(repository)/Tests/Fixtures/metrics"
        return try (ImageFile.read("\(folder)/\(parts[0]).png"), ImageFile.read("\(folder)/\(parts[0])-\(parts[1]).jpg"))
      }
      let original = try ImageFile.read("\(repository)/photos/\(parts[0]).png")
        .cropped(x: crop.x, y: crop.y, width: crop.width, height: crop.height)
      return (original, try Distortion.apply(parts[1], to: original))
    }
  }

  @Test func valuesAreThoseOfTheReference() throws {
    let goldens = try Goldens.read()
    #expect(goldens.values.count == 11)
    for (key, golden) in goldens.values {
      let (original, copy) = try goldens.pictures(key)
      let value = try #require(try SSIMULACRA2().value(of: copy, original: original))
      #expect(abs(value - golden.exact) < 0.02, "\(key): \(value), in 64 bits \(golden.exact)")
      // The program's recursive filter in 32 bits moves its own values by this much.
      #expect(abs(value - golden.tool) < 0.2, "\(key): \(value), the program says \(golden.tool)")
    }
  }

  @Test(arguments: [(7, 30, false), (30, 7, false), (8, 8, true), (9, 23, true)])
  func bothSidesNeedEightPixels(width: Int, height: Int, isDefined: Bool) throws {
    let pixels = (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let image = Image(width: width, height: height, pixels: pixels)
    #expect(try SSIMULACRA2().value(of: image, original: image) == (isDefined ? 100 : nil))
  }

  @Test func otherSizesAreRefused() {
    let image = { Image(width: $0, height: 9, pixels: [UInt8](repeating: 3, count: 27 * $0)) }
    #expect(throws: MetricError.differentSizes(width: 10, height: 9, originalWidth: 9, originalHeight: 9)) {
      try SSIMULACRA2().value(of: image(10), original: image(9))
    }
  }

  @Test func theWindowIsThatOfItsPaper() {
    let half = OpsinWindow.half
    let sum = half[0] + 2 * half[1...].reduce(0, +)
    let variance = 2 * half.enumerated().map { Double($0.offset * $0.offset) * $0.element }.reduce(0, +)
    #expect(abs(sum - 1) < 1e-14)
    #expect(abs(variance - 2.25) < 1e-13)
  }

  @Test func cubeRootsAreExactToTheLastPlaces() {
    for exponent in stride(from: Float(-3), through: 0.2, by: 0.0125) {
      let value = SIMD8<Float>(repeating: pow(10, exponent)) * SIMD8(1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7)
      let root = Opsin.cubeRoot(value)
      for lane in 0..<8 { #expect(abs(root[lane] / cbrt(value[lane]) - 1) < 3e-7) }
    }
  }
}
