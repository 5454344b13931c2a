import LatentModels
import Testing
import Torch
import Weights

/// What quantizers of whole numbers make of a latent in training, and its gradients.
struct WholeNumberQuantizerTests {
  private static let latent: [Float] = [-1.3, -0.5, 0.2, 0.75, 2.6, 4.1]
  private static let noise: [Float] = [0.4, -0.3, 0.1, -0.2, 0.25, 0]

  private static func tensor(_ values: [Float]) throws -> Tensor { try Tensor(values, shape: [1, 1, 1, values.count]) }

  private static func relaxed(
    _ quantizer: any WholeNumberQuantizer, center: Float?, latent: Tensor? = nil
  ) throws -> RelaxedLatent {
    let center = try center.map { try Tensor([$0], shape: [1, 1, 1, 1]) }
    return try quantizer.relaxed(latent ?? tensor(Self.latent), around: center) { try tensor(noise) }
  }

  private static func close(_ left: Tensor, _ right: [Float], within limit: Float = 1e-5) throws -> Bool {
    zip(try left.elements(), right).allSatisfy { abs($0 - $1) <= limit }
  }

  @Test func values() throws {
    let noisy = zip(Self.latent, Self.noise).map { $0 + $1 }
    let rounded = Self.latent.map { ($0 - 0.1).rounded(.toNearestOrEven) + 0.1 }
    let additive = try Self.relaxed(AdditiveNoiseQuantizer(), center: 0.1)
    #expect(try Self.close(additive.values, noisy) && Self.close(additive.rated, noisy))
    let straight = try Self.relaxed(StraightThroughQuantizer(), center: 0.1)
    #expect(try Self.close(straight.values, rounded) && Self.close(straight.rated, rounded))
    let mixed = try Self.relaxed(MixedQuantizer(), center: 0.1)
    #expect(try Self.close(mixed.values, rounded) && Self.close(mixed.rated, noisy))
    // Without a centre halves go to the even number.
    #expect(try Self.relaxed(StraightThroughQuantizer(), center: nil).values.elements() == [-1, 0, 0, 1, 3, 4])
  }

  /// The gradient of the identity, and none to the centre.
  @Test(arguments: [Float?.none, 0.1]) func straightThroughGradients(center: Float?) throws {
    let latent = try Self.tensor(Self.latent)
    try latent.setRequiresGradient()
    let quantizer = MixedQuantizer()
    let weights = try Self.tensor([1, 2, 3, 4, 5, 6])
    let relaxed = try Self.relaxed(quantizer, center: center, latent: latent)
    try (relaxed.values * weights + relaxed.rated * 10).sum().backward()
    #expect(try latent.gradient()?.elements() == [11, 12, 13, 14, 15, 16])
  }

  /// s_α lies between the identity and rounding and reaches both; whole numbers and borders of cells stay.
  @Test func softRoundingHasItsLimits() throws {
    let latent = try Self.tensor([-1.3, -0.5, 0, 0.2, 0.75, 2.6, 4.1])
    let values: [Float] = [-1.3, -0.5, 0, 0.2, 0.75, 2.6, 4.1]
    #expect(try Self.close(SoftRounding(sharpness: 0.01).rounded(latent), values, within: 1e-4))
    // The border of a cell stays a border.
    #expect(try Self.close(SoftRounding(sharpness: 14).rounded(latent), [-1, -0.5, 0, 0, 1, 3, 4], within: 0.06))
    for alpha in [0.5, 3, 8.0] {
      let soft = try SoftRounding(sharpness: alpha).rounded(latent).elements()
      #expect(abs(soft[1] + 0.5) < 1e-5 && abs(soft[2]) < 1e-6)
      #expect(zip(soft, values).allSatisfy { $0.rounded() == $1.rounded() || abs($1 + 0.5) < 1e-6 })
    }
    // r_α leaves whole numbers and what the noise cannot have moved to another cell's middle.
    for alpha in [0.01, 2, 14] {
      let whole = try Self.tensor([-3, 0, 1, 40])
      #expect(try Self.close(SoftRounding(sharpness: alpha).undone(whole), [-3, 0, 1, 40], within: 1e-4), "alpha \(alpha)")
    }
    let shifted = try Self.tensor([0.3, -1.45, 7.49])
    #expect(try Self.close(SoftRounding(sharpness: 0.01).undone(shifted), [0.3, -1.45, 7.49], within: 1e-3))
    #expect(try Self.close(SoftRounding(sharpness: 14).undone(shifted), [0, -1, 7], within: 0.2))
  }

  /// Against central differences, away from the borders where s_α has a kink in its derivative.
  @Test(arguments: [1, 4, 7.0]) func softRoundingGradients(alpha: Double) throws {
    let quantizer = SoftRoundingQuantizer(annealing: Annealing(from: alpha, to: alpha, steps: 1, course: .linear))
    func sum(_ values: [Float]) throws -> (Tensor, Tensor) {
      let latent = try Self.tensor(values)
      try latent.setRequiresGradient()
      let relaxed = try Self.relaxed(quantizer, center: 0.05, latent: latent)
      return (try (relaxed.values * 0.7 + relaxed.rated.squared()).to(.float64).sum(), latent)
    }
    let values: [Float] = [-1.31, -0.6, 0.2, 0.75, 2.66, 4.1]
    let (output, input) = try sum(values)
    try output.backward()
    let gradients = try #require(try input.gradient()).elements()
    for place in values.indices {
      func moved(_ step: Float) throws -> Double {
        var other = values
        other[place] += step
        return try sum(other).0.detached().item()
      }
      let quotient = (try moved(0.004) - moved(-0.004)) / 0.008
      #expect(abs(Double(gradients[place]) - quotient) < 0.02 * max(1, abs(quotient)), "\(place): \(gradients[place]), \(quotient)")
    }
  }

  /// The step of the training sets α.
  @Test func softRoundingFollowsTheTraining() throws {
    let quantizer = SoftRoundingQuantizer(annealing: Annealing(from: 0.01, to: 14, steps: 100, course: .linear))
    let (soft, noise) = (try Self.relaxed(quantizer, center: nil), Self.noise)
    #expect(try Self.close(soft.rated, zip(Self.latent, noise).map { $0 + $1 }, within: 1e-4))
    try quantizer.setStep(1000)
    let hard = try Self.relaxed(quantizer, center: nil)
    #expect(try Self.close(hard.rated, zip([-1, -0.5, 0, 1, 3, 4], noise).map { $0 + $1 }, within: 0.06))
  }

  @Test func annealing() {
    let linear = Annealing(from: 1, to: 5, steps: 4, course: .linear)
    #expect([-1, 0, 1, 3, 4, 99].map { linear.value(at: $0) } == [1, 1, 2, 4, 5, 5])
    let geometric = Annealing(from: 1, to: 16, steps: 4, course: .geometric)
    #expect([0, 1, 2, 4].map { geometric.value(at: $0) } == [1, 2, 4, 16])
    #expect(Annealing(from: 1, to: 16, steps: 0, course: .geometric).value(at: 0) == 16)
  }
}
