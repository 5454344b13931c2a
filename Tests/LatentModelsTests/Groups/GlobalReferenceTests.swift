import Testing
import Torch

@testable import LatentModels

@Suite struct GlobalReferenceTests {
  /// The rows of a latent repeat after six rows: a place of the second half has a twin far outside its local context, and what is changed there is seen.
  @Test func aTwinFarAwayIsSeen() throws {
    let (m, height, width) = (6, 12, 7)
    let context = try GlobalReferenceContext(channels: m, hyperChannels: 0, parametersPerElement: 2, seeds: SeedSequence(3))
    let pattern: [Float] = try Tensor.uniform([m, 6, width], in: -6...6, seed: 2).rounded().elements()
    var latent = (0..<m).flatMap { channel in
      (0..<height).flatMap { row in (0..<width).map { pattern[(channel * 6 + row % 6) * width + $0] } }
    }
    let lines = SlantedLines(height: height, width: width, kernel: 5).patterns.map { $0.places(height: height, width: width) }
    let line = try #require(lines.firstIndex { $0.contains(9 * width + 3) })
    func parameters() throws -> [[Float]] {
      try withoutGradients {
        let prediction = try context.begin(hyper: nil)
        return try (0...line).map { number in
          let seen = Set(lines[..<number].joined())
          let values = latent.indices.map { seen.contains($0 % (height * width)) ? latent[$0] : 0 }
          return try prediction.parameters(of: number, known: Tensor(values, shape: [1, m, height, width])).elements()
        }
      }
    }
    let before = try #require(try parameters().last)
    // The twin itself, whose value the window before it does not hold.
    for channel in 0..<m { latent[(channel * height + 3) * width + 3] += 5 }
    let after = try #require(try parameters().last)
    let place = 9 * width + 3
    #expect((0..<2 * m).contains { before[$0 * height * width + place] != after[$0 * height * width + place] })
  }
}
