import Foundation
import Images
import Metrics
import Testing

/// Against pytorch_msssim 1.0.0, in 64 bits for the shipped photographs and in 32 bits for Kodak; see `Fixtures/metrics/generate.py`.
struct GoldenTests {
  @Test func shippedPhotographs() throws {
    let goldens = try Goldens.read("photos.json")
    let crops = try #require(goldens.crops)
    for (name, crop) in crops {
      let photograph = try ImageFile.read("\(repository)/photos/\(name).png")
      try compare(photograph.cropped(x: crop.x, y: crop.y, width: crop.width, height: crop.height), name: name, with: goldens)
    }
  }

  /// The Kodak pictures are not shipped: BENCHPRESSO_KODAK names a folder with them (`kodim01.png`, …).
  ///
  /// Takes minutes in a debug build.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["BENCHPRESSO_KODAK"] != nil))
  func kodak() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["BENCHPRESSO_KODAK"])
    let goldens = try Goldens.read("kodak.json")
    for name in Set(goldens.values.keys.map { String($0.prefix { $0 != "/" }) }) {
      try compare(ImageFile.read("\(folder)/\(name).png"), name: name, with: goldens)
    }
  }

  private func compare(_ original: Image, name: String, with goldens: Goldens, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let own = goldens.values.filter { $0.key.hasPrefix("\(name)/") }
    #expect(!own.isEmpty, "no goldens of \(name)", sourceLocation: sourceLocation)
    for (key, golden) in own {
      let copy = try Distortion.apply(String(key.dropFirst(name.count + 1)), to: original)
      let psnr = try #require(try PSNR().value(of: copy, original: original))
      let msSSIM = try #require(try MSSSIM().value(of: copy, original: original))
      let ssim = try #require(try SSIM().value(of: copy, original: original))
      #expect(abs(psnr - golden.psnr) < 1e-6, "PSNR of \(key)", sourceLocation: sourceLocation)
      #expect(abs(msSSIM - golden.msSSIM) < 1e-5, "MS-SSIM of \(key)", sourceLocation: sourceLocation)
      #expect(abs(ssim - golden.ssim) < 1e-5, "SSIM of \(key)", sourceLocation: sourceLocation)
    }
  }
}
