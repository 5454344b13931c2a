import Foundation
import Models
import Testing
import Torch
import Training
import Weights

struct MultiscaleSimilarityTests {
  struct Row: Sendable {
    let (height, width): (Int, Int)
    let noise: Double
    let expected: Double
  }

  /// What pytorch_msssim 1.0.0 computes with a data range of 1 for the pictures below, in 32 bits.
  static let references = [
    Row(height: 256, width: 256, noise: 0.02, expected: 0.9994580), Row(height: 256, width: 256, noise: 0.1, expected: 0.9884911),
    Row(height: 256, width: 256, noise: 0.3, expected: 0.9283316), Row(height: 257, width: 257, noise: 0.3, expected: 0.9283790),
    Row(height: 512, width: 768, noise: 0.3, expected: 0.9283760),
    Row(height: 321, width: 481, noise: 0.1, expected: 0.9884887), Row(height: 176, width: 176, noise: 0.3, expected: 0.9283545),
  ]

  /// Waves of other lengths in each colour, and the same with a finer wave of the height `noise` laid over it.
  static func pictures(height: Int, width: Int, noise: Double) throws -> (original: Tensor, degraded: Tensor) {
    var samples: [[Float]] = [[], []]
    for c in 0..<3 {
      for y in 0..<height {
        for x in 0..<width {
          let (x, y, c) = (Double(x), Double(y), Double(c))
          let wave = 0.25 * sin(2 * .pi * (x * (1 + c) / 37 + y / 53)) + 0.25 * cos(2 * .pi * (y * (1 + c) / 29 - x / 61))
          let value = min(max(0.5 + wave, 0), 1)
          samples[0].append(Float(value))
          samples[1].append(Float(min(max(value + noise * sin(2.1 * x + 1.3 * y), 0), 1)))
        }
      }
    }
    let shape = [1, 3, height, width]
    return (try Tensor(samples[0], shape: shape), try Tensor(samples[1], shape: shape))
  }

  @Test(arguments: references)
  func agreesWithTheReference(row: Row) throws {
    let (original, degraded) = try Self.pictures(height: row.height, width: row.width, noise: row.noise)
    #expect(abs(try MultiscaleSimilarity.mean(degraded, original).item() - row.expected) < 1e-5)
  }

  @Test func theEnds() throws {
    let (original, _) = try Self.pictures(height: 256, width: 256, noise: 0)
    #expect(abs(try MultiscaleSimilarity.mean(original, original).item() - 1) < 1e-6)
    #expect(try MultiscaleSimilarity.mean(-original + 1, original).item() == 0)
  }

  @Test func theMeanIsOverThePictures() throws {
    let (original, degraded) = try Self.pictures(height: 176, width: 176, noise: 0.3)
    let both = try MultiscaleSimilarity.mean(.concatenated([original, degraded]), .concatenated([original, original])).item()
    #expect(abs(both - (1 + 0.9283545) / 2) < 1e-5)
  }

  @Test(arguments: [(160, 400), (400, 160), (16, 16)])
  func smallPicturesAreRefused(height: Int, width: Int) throws {
    let picture = try Tensor.zeros([1, 3, height, width])
    let error = try #require(throws: TrainingError.self) { try MultiscaleSimilarity.mean(picture, picture) }
    #expect(error == .tooSmallForMSSSIM(height: height, width: width))
    #expect("\(error)".contains("more than 160 pixels, these have \(width)×\(height)") && "\(error)".contains("patch_size"))
  }

  @Test func oneMorePixelIsEnough() throws {
    let picture = try Tensor.uniform([1, 1, 161, 161], in: 0...1, seed: 1)
    #expect(abs(try MultiscaleSimilarity.mean(picture, picture).item() - 1) < 1e-6)
  }

  @Test func gradientsAreThoseOfFiniteDifferences() throws {
    let shape = [1, 1, 161, 163]
    let original = try Tensor.uniform(shape, in: 0...1, seed: 1).to(.float64)
    let start = try (original + Tensor.uniform(shape, in: -0.2...0.2, seed: 2).to(.float64)).elements(Double.self)
    let degraded = try Tensor(start, shape: shape)
    try degraded.setRequiresGradient()
    try MultiscaleSimilarity.mean(degraded, original).backward()
    let gradient = try #require(try degraded.gradient()).elements(Double.self)
    let largest = gradient.map(abs).max() ?? 0
    #expect(largest > 1e-6)
    let step = 1e-4
    for index in [0, 162, 80 * 163 + 70, 13 * 163 + 5, 161 * 163 - 1] {
      let ends = try [step, -step].map { change in
        var moved = start
        moved[index] += change
        return try MultiscaleSimilarity.mean(Tensor(moved, shape: shape), original).item()
      }
      let slope = (ends[0] - ends[1]) / (2 * step)
      #expect(abs(slope - gradient[index]) < 1e-4 * largest, "\(index): \(slope), \(gradient[index])")
    }
  }

  @Test func picturesWithoutLikenessHaveNoInfiniteGradient() throws {
    let (original, _) = try Self.pictures(height: 176, width: 176, noise: 0)
    let inverted = try (-original + 1).detached().copy()
    try inverted.setRequiresGradient()
    try MultiscaleSimilarity.mean(inverted, original).backward()
    #expect(try #require(try inverted.gradient()).isFinite())
  }

  @Test func theLoss() throws {
    let (original, degraded) = try Self.pictures(height: 256, width: 256, noise: 0.1)
    let output = ForwardOutput(reconstruction: degraded, likelihoods: [("y", try Tensor.full([1, 8, 16, 16], 0.25))])
    let terms = try RateDistortionLoss(lambda: 8.73, measure: .msSSIM)(output, pictures: original)
    let rate = 8.0 * 16 * 16 * 2 / (256 * 256)
    #expect(abs(try #require(terms.msSSIM).item() - 0.9884911) < 1e-5)
    #expect(abs(try terms.loss.item() - (8.73 * (1 - 0.9884911) + rate)) < 1e-4)
    #expect(abs(try terms.bitsPerPixel.item() - rate) < 1e-6)
    #expect(abs(-10 * log10(try terms.meanSquaredError.item()) - 23.175444) < 1e-3)
    #expect(try RateDistortionLoss(lambda: 1)(output, pictures: original).msSSIM == nil)
  }
}
