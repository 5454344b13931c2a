import Models
import Testing
import Torch
import Weights

@testable import LatentModels

/// The models of several rates against CompressAI 1.2.8.
@Suite(.serialized) struct VariableRateParityTests {
  @Test(arguments: VariableRateFixture.names + VariableRateFixture.namesWithSteps)
  func stateHasCompressAIsNames(name: String) throws {
    let fixture = try VariableRateFixture(name)
    let file = try ModelWeights(path: fixture.checkpoint).tensors
    #expect(try Set(fixture.model().storedState().names) == Set(file.names))
  }

  @Test(arguments: VariableRateFixture.names + VariableRateFixture.namesWithSteps)
  func latentsAndBits(name: String) throws {
    let fixture = try VariableRateFixture(name)
    let model = try fixture.model()
    try withoutGradients {
      for rate in try fixture.rates(of: model) {
        let y = try rate.model.analyze(fixture.tensor("x"))
        #expect(try largestDifference(y, fixture.tensor("y")) < 1e-5)
        let likelihoods = try rate.model.likelihoods(of: fixture.tensor("x"))
        for (latent, tensor) in likelihoods {
          let bits = -(try tensor.to(.float64).logarithm().sum().item()) / 0.693_147_180_559_945_3
          // CompressAI estimates z with intervals of width 1, whatever they are; what is coded tells.
          if latent == "z", name.hasSuffix("-z") {
            let coded = Double(rate.expected.coded.payloads[1][0].count * 8)
            #expect(bits > coded - 96 && bits < coded + 8, "\(rate.name): \(bits) bits for \(coded)")
            continue
          }
          let expected = try #require(rate.expected.bits[latent])
          #expect(abs(bits - expected) < 2e-5 * expected, "\(rate.name) \(latent): \(bits), not \(expected)")
        }
      }
    }
  }

  @Test(arguments: VariableRateFixture.names + VariableRateFixture.namesWithSteps)
  func payloadsAndDecodedLatents(name: String) throws {
    let fixture = try VariableRateFixture(name)
    let model = try fixture.model()
    for rate in try fixture.rates(of: model) {
      let coded = try rate.model.compress(fixture.tensor("x"))
      #expect(coded == rate.expected.coded, "\(rate.name)")
      let decoded = try rate.model.decodedLatent(of: rate.expected.coded)
      #expect(try largestDifference(decoded, fixture.tensor("\(rate.name).decoded")) < 2e-5, "\(rate.name)")
    }
  }

  @Test(arguments: VariableRateFixture.names + VariableRateFixture.namesWithSteps)
  func reconstruction(name: String) throws {
    let fixture = try VariableRateFixture(name)
    let model = try fixture.model().bound(to: RatePosition(3))
    let decoded = try model.decompress(try #require(fixture.expected.points["3"]).coded)
    #expect(try largestDifference(decoded, fixture.tensor("x_hat")) < 1e-5)
  }

  /// What is estimated is what is decoded; without offsets, too, and between the points.
  ///
  /// With a context model to the last bit; without one an estimate runs h_s otherwise than coding does.
  @Test(arguments: VariableRateFixture.names + VariableRateFixture.namesWithSteps, [true, false])
  func theEstimateIsWhatIsDecoded(name: String, offsets: Bool) throws {
    let fixture = try VariableRateFixture(name)
    let model = try fixture.model(offsets: offsets)
    for position in [0, 2.25, 6.999, 7] {
      let bound = try model.bound(to: RatePosition(position))
      let output = try withoutGradients { try bound.forward(fixture.tensor("x"), noise: nil) }
      let decoded = try bound.decompress(bound.compress(fixture.tensor("x")))
      let difference = try largestDifference(output.reconstruction.clamped(from: 0, to: 1), decoded)
      #expect(difference <= (name == "mbt2018-vbr" ? 0 : 1e-5), "\(position)")
    }
  }

  /// The number of threads, which a decoder does not know, changes no table.
  @Test(arguments: VariableRateFixture.namesWithSteps)
  func tablesOfARateDoNotDependOnThreads(name: String) throws {
    let fixture = try VariableRateFixture(name)
    let coded = try fixture.model().bound(to: RatePosition(2.5)).compress(fixture.tensor("x"))
    let model = try fixture.model()
    try Runtime.setThreads(2)
    defer { try? Runtime.setThreads(1) }
    #expect(try model.bound(to: RatePosition(2.5)).compress(fixture.tensor("x")) == coded)
  }

  /// The offsets of this program's loop over elements and those of the networks that are trained.
  @Test func offsetsOfElementsAreThoseOfTheNetworks() throws {
    let model = try VariableRateFixture("mbt2018-mean-vbr").model()
    let adaptation = try model.control.adaptation(at: RatePosition(4.5))
    let offsets = try #require(adaptation.offsets)
    let gain = try #require(adaptation.gain)
    let base = try #require(model.base as? MeanScaleHyperprior)
    let step = try QuantizationStep(gain: gain, offsets: offsets, conditional: base.parts.gaussianConditional)
    let scales = try Tensor.uniform([1, 12, 3, 3], in: 0...9, seed: 1)
    let wholes = try Tensor.uniform([1, 12, 3, 3], in: -2...2, seed: 2).rounded()
    let trained = try withoutGradients { try step.relaxedValues(wholes, scales: scales, means: nil) }
    #expect(try largestDifference(trained, step.values(wholes, scales: scales, means: nil)) < 1e-5)
    // Some of them are moved.
    #expect(try largestDifference(trained, wholes / gain) > 1e-3)
  }

  private func largestDifference(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    return try (left - right).absolute().maximumElement().item()
  }
}
