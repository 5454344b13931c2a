import Foundation
import Images
import Layers
import Models
import SafeFiles
import Testing
import Torch
import Weights

/// What CompressAI 1.2.8 computes with a tiny model (N = 12, M = 16); see the README beside the fixtures.
struct Fixture {
  let name: String
  let expected: Expected
  let tensors: StoredTensors

  struct Expected: Decodable {
    struct Evaluation: Decodable {
      let bits: [String: Double]
      let mse: Double
    }
    let channels: Int
    let expansionChannels: Int
    let eval: Evaluation
    let shape: [Int]
    let bytes: [Int]
    let auxiliaryLoss: Double

    enum CodingKeys: String, CodingKey {
      case channels = "N"
      case expansionChannels = "M"
      case eval, shape, bytes
      case auxiliaryLoss = "aux_loss"
    }
  }

  static let names = ["bmshj2018-factorized", "bmshj2018-factorized-relu"]
  static let hyperpriorNames = ["bmshj2018-hyperprior", "mbt2018-mean"]

  init(_ name: String) throws {
    self.name = name
    expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(name)/expected.json")))
    tensors = try SafeTensors.read("\(Self.folder)/\(name)/tensors.safetensors")
  }

  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/compressai"

  func path(_ file: String) -> String { "\(Self.folder)/\(name)/\(file)" }

  /// The model with the weights and coder tables of one of the fixture's files.
  func model(weights: String = "checkpoint.pth") throws -> FactorizedPrior {
    // One thread, as the fixtures were computed: the number of threads changes the last bits of convolutions.
    try Runtime.setThreads(1)
    let usesReLU = name.hasSuffix("relu")
    let model = try FactorizedPrior(
      channels: expected.channels, expansionChannels: expected.expansionChannels,
      nonlinearity: { channels, inverse in
        if usesReLU { return RectifiedLinear() }
        return try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
      }, seeds: SeedSequence(1))
    try model.load(ModelWeights(path: path(weights)).tensors, optionalBuffers: false)
    return model
  }

  /// The model with a hyperprior with the weights and coder tables of the fixture.
  func hyperpriorModel() throws -> any HyperpriorModel {
    try Runtime.setThreads(1)
    let model = try untrainedHyperpriorModel()
    try model.load(ModelWeights(path: path("checkpoint.pth")).tensors, optionalBuffers: false)
    return model
  }

  func untrainedHyperpriorModel() throws -> any HyperpriorModel {
    let normalization = { (channels: Int, inverse: Bool) -> any Layer in
      try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
    }
    let (n, m) = (expected.channels, expected.expansionChannels)
    if name.hasPrefix("mbt2018") {
      return try MeanScaleHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: SeedSequence(1))
    }
    return try ScaleHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: SeedSequence(1))
  }

  /// The picture `[1, 3, H, W]` in 0…1.
  func picture(_ format: MemoryFormat = .contiguous) throws -> Tensor {
    let image = try ImageFile.read(path("input.png"))
    return try Tensor.pictures(interleaved: image.pixels, count: 1, height: image.height, width: image.width, format: format)
  }

  func tensor(_ name: String) throws -> Tensor {
    guard let stored = tensors[name] else { throw MissingTensor(name: name) }
    return try Tensor(stored)
  }

  struct MissingTensor: Error { let name: String }
}

/// Two pictures that are equal but for the last bits of what is rounded to 8 bits: at most one sample in a thousand differs, by one level.
func expectSamePicture(_ samples: [UInt8], _ reference: [UInt8]) throws {
  let differences = zip(samples, reference).map { abs(Int($0) - Int($1)) }
  #expect(samples.count == reference.count && differences.allSatisfy { $0 <= 1 })
  #expect(differences.filter { $0 > 0 }.count * 1000 <= samples.count)
}
