import Models
import Testing
import Torch
import Training

struct RateDistortionLossTests {
  @Test func theFormula() throws {
    let pictures = try Tensor.zeros([2, 3, 4, 4])
    let output = ForwardOutput(
      reconstruction: try Tensor.full([2, 3, 4, 4], 0.1),
      likelihoods: [("y", try Tensor.full([2, 8, 1, 1], 0.25)), ("z", try Tensor.full([2, 2, 1, 1], 0.5))])
    let terms = try RateDistortionLoss(lambda: 0.01)(output, pictures: pictures)
    // 16 elements of 2 bits and 4 of 1 bit for 32 pixels.
    #expect(try abs(terms.bitsPerPixel.item() - 36.0 / 32) < 1e-6)
    #expect(try abs(terms.meanSquaredError.item() - 0.01) < 1e-8)
    #expect(try abs(terms.loss.item() - (0.01 * 255 * 255 * 0.01 + 36.0 / 32)) < 1e-5)
  }

  @Test func withoutLikelihoodsThereIsNoRate() throws {
    let pictures = try Tensor.zeros([1, 3, 4, 4])
    let output = ForwardOutput(reconstruction: pictures, likelihoods: [])
    #expect(throws: TorchError.self) { try RateDistortionLoss(lambda: 1)(output, pictures: pictures) }
  }

  @Test(arguments: [0, -1, .infinity, .nan])
  func lambdaMustBePositive(lambda: Double) {
    var settings = RateDistortionSettings()
    settings.lagrangianMultiplier = lambda
    #expect(settings.problems().map(\.key) == ["lagrangianMultiplier"])
  }
}
