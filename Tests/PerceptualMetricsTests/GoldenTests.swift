import Foundation
import Images
import Testing

@testable import PerceptualMetrics

/// LPIPS with the published weights, which are fetched once into `.test-tools/metrics`; skipped where they cannot be had.
@Suite(.serialized) struct GoldenTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let folder = "\(root)/.test-tools/metrics"

  /// Why the tests are skipped; nil where the weights are there.
  static let obstacle: String? = {
    let environment = ProcessInfo.processInfo.environment
    let isThere = MetricWeights.$chosenFolder.withValue(folder) { MetricWeights.File.allCases.allSatisfy { MetricWeights.isThere($0) } }
    if isThere { return nil }
    if environment["BENCHPRESSO_TEST_TOOLS"] == "0" { return "BENCHPRESSO_TEST_TOOLS is 0" }
    do {
      for package in WeightsPackage.all { _ = try package.install(into: folder) }
      return nil
    } catch {
      return "\(error)"
    }
  }()

  /// 128×128 pixels of kodim23 (columns 500 to 627, rows 100 to 227).
  private static func crop() throws -> Image { try ImageFile.read("\(root)/Tests/Fixtures/metrics/kodim23-crop.png") }

  private static func masked(_ image: Image) -> Image {
    Image(width: image.width, height: image.height, pixels: image.pixels.map { $0 & 0xF0 })
  }

  private static func flipped(_ image: Image) -> Image {
    var pixels: [UInt8] = []
    for row in 0..<image.height {
      for column in (0..<image.width).reversed() {
        let place = (row * image.width + column) * 3
        pixels += image.pixels[place..<place + 3]
      }
    }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }

  /// Computed in NumPy from the same weights, whose AlexNet variant gives the published 0.722 and 0.138 for the reference pictures of the
  /// LPIPS repository.
  @Test(.disabled(if: obstacle != nil, "\(Comment(rawValue: obstacle ?? ""))"))
  func lpipsIsThatOfTheReference() throws {
    let original = try Self.crop()
    let (alex, vgg) = try MetricWeights.$chosenFolder.withValue(Self.folder) { (try LPIPS(.alex), try LPIPS(.vgg)) }
    let (masked, flipped) = (Self.masked(original), Self.flipped(original))
    for (metric, distorted, expected) in [
      (alex, masked, 0.01376), (vgg, masked, 0.09255), (alex, flipped, 0.52897), (vgg, flipped, 0.58900),
    ] {
      let value = try #require(try metric.value(of: distorted, original: original))
      #expect(abs(value - expected) < 1e-4, "\(metric.name): \(value)")
    }
    #expect(try alex.value(of: original, original: original) == 0)
  }

  /// Values of DISTS_pytorch 0.1 with the same weights of VGG16.
  @Test(.disabled(if: obstacle != nil, "\(Comment(rawValue: obstacle ?? ""))"))
  func distsIsThatOfTheReference() throws {
    let original = try Self.crop()
    let dists = try MetricWeights.$chosenFolder.withValue(Self.folder) { try DISTS() }
    #expect(abs(try #require(try dists.value(of: original, original: original))) < 1e-5)
    for (copy, expected) in [(Self.masked(original), 0.075821), (Self.flipped(original), 0.263335)] {
      let value = try #require(try dists.value(of: copy, original: original))
      #expect(abs(value - expected) < 1e-4, "\(value)")
    }
  }
}
