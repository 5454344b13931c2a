import Foundation
import LatentModels
import Models
import Testing
import Torch
import Weights

/// TinyLIC against the authors' code, with weights and a picture that both compute from names; see Tests/Fixtures/tinylic.
@Suite(.serialized) struct TinyLICParityTests {
  private struct Expected: Decodable {
    let parameters: Int
    let publishedParameters: Int
    let bits: [String: Double]
  }

  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/tinylic"

  private func expected() throws -> Expected {
    try JSONDecoder().decode(Expected.self, from: Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/expected.json")))
  }

  private func plan(_ arguments: String) throws -> ModelPlan { try FactorizedPriorPlanTests.plan(arguments, model: "models.TinyLIC") }

  /// The authors' name of a tensor.
  private func theirs(_ name: String) throws -> String {
    var name = name
    for part in ["latent_codec.hyper.", "latent_codec.y.", "latent_codec.latent_codec.", "latent_codec."] where name.hasPrefix(part) {
      name.removeFirst(part.count)
    }
    let words = name.split(separator: ".").map(String.init)
    let rest = words.dropFirst(2).joined(separator: ".")
    switch words[0] {
    case "g_a", "g_s", "h_a", "h_s": return "\(words[0])\(words[1]).\(rest)"
    case "channel_context": return "cc_transforms.\(words[1]).\(rest)"
    case "entropy_parameters": return "entropy_parameters_\(try #require(Int(words[1])) + 1).\(rest)"
    case "context_prediction":
      let (slice, stage) = (try #require(Int(words[1])), try #require(Int(words[2])))
      return "sc_transform_\(slice == 0 ? stage + 1 : slice + 3).\(words.dropFirst(3).joined(separator: "."))"
    default: return name
    }
  }

  @Test func latentsBitsAndPictures() throws {
    let expected = try expected()
    let tensors = try SafeTensors.read("\(Self.folder)/tensors.safetensors")
    try Runtime.setThreads(1)
    let model = try #require(try plan("{channels: 8, expansion_channels: 20}").build(seed: 1) as? ComposedModel)
    #expect(model.parameterCount == expected.parameters)
    try withoutGradients {
      for (name, parameter) in model.namedParameters() {
        let tensor = parameter.tensor
        let own = try theirs(name)
        try tensor.assign(Tensor(ComposedFixture.numbers(of: own, shape: tensor.shape, ranks: [2, 4]), shape: tensor.shape))
        if own == "g_a6.weight" { try tensor.scale(by: 0.05) }
      }
    }
    try model.updateTables()
    try withoutGradients {
      let picture =
        try Tensor(ComposedFixture.numbers(of: "picture", shape: [1, 3, 192, 192], limit: 1), shape: [1, 3, 192, 192]) * 0.5 + 0.5
      let y = try model.analyze(picture)
      #expect(try (y - Tensor(#require(tensors["y"]))).absolute().maximumElement().item() < 2e-4)
      for (name, tensor) in try model.likelihoods(ofLatent: y) {
        let bits = -(try tensor.to(.float64).logarithm().sum().item()) / 0.693_147_180_559_945_3
        let wanted = try #require(expected.bits[name])
        #expect(abs(bits - wanted) < 1e-4 * wanted, "\(name): \(bits), not \(wanted)")
      }
      // What is decoded is what the authors' estimate gives to the synthesis.
      let decoded = try model.synthesis.forward(model.decodedLatent(of: model.compress(latent: y)))
      let every = try Tensor((0..<24).map { Int64(8 * $0) }, shape: [24])
      let wanted = try Tensor(#require(tensors["x_hat"]))
      let found = try decoded.slices(along: 2, at: every).slices(along: 3, at: every)
      #expect(try (found - wanted).absolute().mean().item() < 1e-4 * wanted.absolute().mean().item())
    }
  }

  /// With the defaults there are as many parameters as in the published model, 28.34 million.
  @Test func sizeIsThePublishedOne() throws {
    let model = try plan("{}").build(seed: 1)
    #expect(try model.parameterCount == expected().publishedParameters)
  }
}
