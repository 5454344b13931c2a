import Foundation
import Images
import LatentModels
import Layers
import Models
import Testing
import Torch
import Training
import Weights

/// One training step against CompressAI 1.2.8 on torch 2.13.0+cpu with one thread; see the README beside the fixtures.
@Suite(.serialized) struct GradientParityTests {
  struct Expected: Decodable {
    struct Train: Decodable {
      let lambda: Double
      let loss: Double
      let bppLoss: Double
      let mseLoss: Double
      let gradNorm: [String: Double]
    }
    let channels: Int
    let expansionChannels: Int
    let auxLoss: Double
    let train: Train

    enum CodingKeys: String, CodingKey {
      case channels = "N"
      case expansionChannels = "M"
      case auxLoss, train
    }
  }

  /// The noise of the fixture's n-th drawing for the n-th latent that asks.
  final class StoredNoise: NoiseSource {
    let tensors: StoredTensors
    private(set) var names: [String] = []

    init(_ tensors: StoredTensors) { self.tensors = tensors }

    func noise(for name: String, shape: [Int]) throws -> Tensor {
      let stored = try #require(tensors["noise\(names.count)"])
      names.append(name)
      // An entropy bottleneck sees its latent as [C, 1, B·H·W].
      if stored.shape.count == 4 { return try Tensor(stored) }
      return try Tensor(stored).reshaped([shape[1], shape[0], shape[2], shape[3]]).permuted([1, 0, 2, 3])
    }
  }

  struct Fixture {
    let folder: String
    let expected: Expected
    let tensors: StoredTensors

    init(_ name: String) throws {
      folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/compressai/\(name)"
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      expected = try decoder.decode(Expected.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json")))
      tensors = try SafeTensors.read("\(folder)/tensors.safetensors")
    }

    func model() throws -> any CompressionModel {
      try Runtime.setThreads(1)
      let model = try untrained()
      var weights = try ModelWeights(path: "\(folder)/checkpoint.pth").tensors
      // CompressAI masks the stored weights, not the gradients: as if every tap were used and those masked were zero.
      if let stored = weights["context_prediction.weight"], let mask = weights["context_prediction.mask"] {
        weights["context_prediction.weight"] = try (Tensor(stored) * Tensor(mask)).stored()
        weights["context_prediction.mask"] = try Tensor.full(mask.shape, 1).stored()
      }
      try model.load(weights)
      return model
    }

    private func untrained() throws -> any CompressionModel {
      let (n, m, seeds) = (expected.channels, expected.expansionChannels, SeedSequence(1))
      let usesReLU = folder.hasSuffix("relu")
      let nonlinearity = { (channels: Int, inverse: Bool) -> any Layer in
        if usesReLU { return RectifiedLinear() }
        return try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
      }
      if folder.hasSuffix("bmshj2018-hyperprior") {
        return try ScaleHyperprior(channels: n, expansionChannels: m, nonlinearity: nonlinearity, seeds: seeds)
      }
      if folder.hasSuffix("mbt2018-mean") {
        return try MeanScaleHyperprior(channels: n, expansionChannels: m, nonlinearity: nonlinearity, seeds: seeds)
      }
      if folder.hasSuffix("mbt2018") {
        return try JointAutoregressiveHyperprior(channels: n, expansionChannels: m, nonlinearity: nonlinearity, seeds: seeds)
      }
      if folder.hasSuffix("anchor") { return try Cheng2020Anchor(channels: n, nonlinearity: nonlinearity, seeds: seeds) }
      if folder.hasSuffix("attn") { return try Cheng2020Attention(channels: n, nonlinearity: nonlinearity, seeds: seeds) }
      return try FactorizedPrior(channels: n, expansionChannels: m, nonlinearity: nonlinearity, seeds: seeds)
    }

    func terms(_ model: any CompressionModel) throws -> LossTerms {
      let image = try ImageFile.read("\(folder)/input.png")
      let x = try Tensor.pictures(interleaved: image.pixels, count: 1, height: image.height, width: image.width)
      let noise = StoredNoise(tensors)
      let terms = try RateDistortionLoss(lambda: expected.train.lambda)(model.forward(x, noise: noise), pictures: x)
      let names = tensors["noise1"] == nil ? ["y"] : ["z", "y"]
      #expect(noise.names == names + (tensors["noise2"] == nil ? [] : ["y.likelihood"]))
      return terms
    }
  }

  static let names = [
    "bmshj2018-factorized", "bmshj2018-factorized-relu", "bmshj2018-hyperprior", "mbt2018-mean", "mbt2018", "cheng2020-anchor",
    "cheng2020-attn",
  ]

  @Test(arguments: names)
  func loss(name: String) throws {
    let fixture = try Fixture(name)
    let terms = try fixture.terms(fixture.model())
    let table = try [
      ("loss", terms.loss.item(), fixture.expected.train.loss), ("bpp_loss", terms.bitsPerPixel.item(), fixture.expected.train.bppLoss),
      ("mse_loss", terms.meanSquaredError.item(), fixture.expected.train.mseLoss),
    ]
    for (part, found, expected) in table { #expect(abs(found - expected) <= 1e-6 * expected, "\(part): \(found), not \(expected)") }
  }

  @Test(arguments: names)
  func gradients(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.model()
    try fixture.terms(model).loss.backward()
    var compared = 0
    for (name, parameter) in model.namedParameters() {
      guard let norm = fixture.expected.train.gradNorm[name] else { continue }
      let gradient = try #require(try parameter.tensor.gradient(), "\(name)").to(.float64)
      let found = try gradient.norm().item()
      #expect(abs(found - norm) <= 1e-4 * norm, "\(name): norm \(found), not \(norm)")
      guard let stored = fixture.tensors["grad.\(name)"] else { continue }
      let difference = try (gradient - Tensor(stored).to(.float64)).norm().item()
      #expect(difference <= 1e-4 * norm, "\(name): deviates by \(difference / norm)")
      compared += 1
    }
    #expect(compared == fixture.tensors.names.filter { $0.hasPrefix("grad.") }.count)
    #expect(Set(fixture.expected.train.gradNorm.keys).isSubset(of: Set(model.mainParameters.map(\.name))))
  }

  @Test(arguments: names)
  func theMainLossLeavesTheQuantilesAlone(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.model()
    try fixture.terms(model).loss.backward()
    #expect(try model.auxiliaryParameters.allSatisfy { try $0.parameter.tensor.gradient() == nil })
  }

  @Test(arguments: names)
  func theAuxiliaryLossTrainsTheQuantilesAlone(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.model()
    let loss = try model.auxiliaryLoss()
    // A sum of differences of logits near 21, whose last bit is 2e-6.
    #expect(try abs(loss.item() - fixture.expected.auxLoss) < 1e-5 * fixture.expected.auxLoss)
    try loss.backward()
    #expect(try model.mainParameters.allSatisfy { try $0.parameter.tensor.gradient() == nil })
    #expect(try model.auxiliaryParameters.allSatisfy { try $0.parameter.tensor.gradient() != nil })
  }
}
