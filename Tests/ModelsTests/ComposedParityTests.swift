import Foundation
import Images
import Layers
import Models
import SafeFiles
import Testing
import Torch
import Weights

@testable import LatentModels

/// The models that code in groups against CompressAI 1.2.8 on torch 2.13.0+cpu with one thread, with weights that both compute from their names.
@Suite(.serialized) struct ComposedParityTests {
  static let names = ["cheng2020-anchor-checkerboard", "elic2022-official", "elic2022-chandelier"]

  @Test(arguments: names) func latentsBitsAndPayloads(name: String) throws {
    let fixture = try ComposedFixture(name)
    let model = try fixture.model()
    #expect(model.parameterCount == fixture.expected.parameters)
    try withoutGradients {
      let y = try model.analyze(fixture.picture())
      #expect(try largestDifference(y, fixture.tensor("y")) < 2e-4)
      for (name, tensor) in try model.likelihoods(ofLatent: y) {
        let bits = -(try tensor.to(.float64).logarithm().sum().item()) / 0.693_147_180_559_945_3
        let expected = try #require(fixture.expected.bits[name])
        #expect(abs(bits - expected) < 1e-4 * expected, "\(name): \(bits), not \(expected)")
      }
      let coded = try model.compress(fixture.picture())
      #expect(coded.payloads.map { $0[0].count } == fixture.expected.bytes)
      let theirs = try fixture.coded()
      #expect(coded == theirs)
      #expect(try largestDifference(model.decodedLatent(of: theirs), fixture.tensor("y_hat")) < 2e-4)
      let decoded = try model.decompress(theirs)
      #expect(abs(try decoded.mean().item() - fixture.expected.mean) < 1e-5)
      #expect(abs(try (decoded - fixture.picture()).squared().mean().item() - fixture.expected.mse) < 1e-5)
    }
  }

  @Test(arguments: names) func transformsRunTheHyperNetworksToo(name: String) throws {
    let fixture = try ComposedFixture(name)
    let model = try fixture.model()
    try withoutGradients {
      let latents = try model.encodingTransforms(fixture.picture())
      #expect(latents.count == 2)
      #expect(Array(latents[1].shape[2...]) == fixture.expected.shape)
      func work(_ body: () throws -> Void) throws -> Int { try LayerTrace.recording(body).multiplyAccumulates }
      let whole = try work { _ = try model.decodingTransforms(latents) }
      let side = try #require(model.sideInformation as? any SideTransforms)
      #expect(try whole == work { _ = try model.synthesize(latents[0]) } + work { try side.decodingTransforms([latents[1]]) })
    }
  }

  private func largestDifference(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    return try (left - right).absolute().maximumElement().item()
  }
}

/// What CompressAI computes with one of the models; see scripts/context-fixtures.
struct ComposedFixture {
  let name: String
  let expected: Expected
  let tensors: StoredTensors

  struct Expected: Decodable {
    let scaled: String
    let factor: Double
    let parameters: Int
    let bits: [String: Double]
    let bytes: [Int]
    let shape: [Int]
    let mean: Double
    let mse: Double
  }

  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/compressai"

  init(_ name: String) throws {
    self.name = name
    expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(name)/expected.json")))
    tensors = try SafeTensors.read("\(Self.folder)/\(name)/tensors.safetensors")
  }

  func tensor(_ name: String) throws -> Tensor { try Tensor(#require(tensors[name])) }

  /// The picture `[1, 3, H, W]` in 0…1.
  func picture() throws -> Tensor {
    let image = try ImageFile.read("\(Self.folder)/mbt2018/input.png")
    return try Tensor.pictures(interleaved: image.pixels, count: 1, height: image.height, width: image.width, format: .contiguous)
  }

  /// CompressAI's payloads.
  func coded() throws -> CodedBatch {
    var bytes = try FileBytes.read("\(Self.folder)/\(name)/payloads.bin")[...]
    let payloads = expected.bytes.map { count in
      defer { bytes = bytes.dropFirst(count) }
      return [Array(bytes.prefix(count))]
    }
    return CodedBatch(payloads: payloads, latentHeight: expected.shape[0], latentWidth: expected.shape[1])
  }

  /// The model with the weights of the fixture.
  func model() throws -> ComposedModel {
    try Runtime.setThreads(1)
    let arguments = name.hasPrefix("cheng") ? "channels: 12" : "channels: 16, expansion_channels: 32, groups: [2, 2, 4, 8, 16]"
    let model = try #require(try FactorizedPriorPlanTests.plan("{\(arguments)}", model: name).build(seed: 1) as? ComposedModel)
    try withoutGradients {
      for (name, parameter) in model.namedParameters() {
        let tensor = parameter.tensor
        try tensor.assign(Tensor(Self.numbers(of: name, shape: tensor.shape), shape: tensor.shape))
        if name == expected.scaled { try tensor.scale(by: expected.factor) }
      }
    }
    try model.updateTables()
    return model
  }

  /// The numbers that follow from a name: weights within √(3 / inputs), everything else within a tenth, or within a limit.
  ///
  /// - Parameter ranks: the numbers of dimensions of weights.
  static func numbers(of name: String, shape: [Int], limit: Double? = nil, ranks: Set<Int> = [4]) -> [Float] {
    let count = shape.reduce(1, *)
    if name.hasSuffix("quantiles") { return (0..<count).map { [-10, 0, 10][$0 % 3] } }
    let limit = limit ?? (ranks.contains(shape.count) ? (3 / Double(shape.dropFirst().reduce(1, *))).squareRoot() : 0.1)
    let start = UInt64(crc32(name)) << 32
    return (0..<UInt64(count)).map { index in
      var z = (index &+ start &+ 1) &* 0x9E37_79B9_7F4A_7C15
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      z ^= z >> 31
      return Float((Double(z >> 40) / 0x1p23 - 1) * limit)
    }
  }

  private static func crc32(_ text: String) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in text.utf8 {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
