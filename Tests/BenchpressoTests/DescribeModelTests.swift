import Foundation
import Testing

/// `describe --model`: what a model costs before it is trained.
struct DescribeModelTests {
  private struct Cost: Decodable {
    struct Part: Decodable {
      let name: String
      let parameters: Int
      let depth: Int
      let outputShape: [Int]?
      let multiplyAccumulatesPerPixel: Double?
      let share: Double?
    }
    struct Memory: Decodable {
      let tensorBytes: Int
      let processBytes: Int
    }
    struct Training: Decodable {
      let batch: Int
      let width: Int
      let processBytes: Int
    }

    let model: String
    let paddedWidth: Int
    let paddedHeight: Int
    let parameters: Int
    let multiplyAccumulatesPerPixel: Double
    let otherMultiplyAccumulatesPerPixel: Double
    let basis: String
    let encoding: Memory
    let decoding: Memory
    let training: Training?
    let parts: [Part]
  }

  private func cost(_ words: String..., in folder: TestFolder) throws -> Cost {
    let result = try Command(["describe", "--format", "json"] + words, in: folder).run()
    #expect(result.status == 0 && result.messages.isEmpty, "\(result)")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Cost.self, from: Data(result.output.utf8))
  }

  @Test func ofAConfiguration() throws {
    let folder = try Tiny.folder()
    let cost = try self.cost("--config", "tiny.yaml", "--size", "400x200", "--depth", "2", in: folder)
    #expect(cost.model == "models.FactorizedPrior" && cost.paddedWidth == 400 && cost.paddedHeight == 208)
    #expect(cost.training?.batch == 2 && cost.training?.width == 32 && cost.basis == "proportional")
    #expect(cost.parameters == cost.parts.filter { $0.depth == 0 }.reduce(0) { $0 + $1.parameters })
    #expect(cost.parts.contains { $0.name == "g_a.0" && $0.outputShape == [1, 4, 104, 200] })
    #expect(cost.decoding.processBytes > cost.decoding.tensorBytes && cost.encoding.tensorBytes > 400 * 208 * 12)
    let larger = try self.cost(
      "--config", "tiny.yaml", "--model.channels", "8", "--batch", "64", "--patch", "64", "--size", "400x200", in: folder)
    #expect(larger.parameters > cost.parameters && larger.training?.batch == 64)
    #expect(try #require(larger.training).processBytes > #require(cost.training).processBytes)
  }

  /// Every model that ships, its entropy model in parts, nothing but attention in no part.
  @Test(arguments: ["models.ELIC2022Official", "models.Cheng2020Attention"])
  func theEntropyModelIsShownInParts(model: String) throws {
    let cost = try self.cost("--model", model, "--model.channels", "8", "--size", "64x64", "--depth", "4", in: TestFolder())
    #expect(cost.basis == "measured" && cost.parts.contains { $0.depth == 3 })
    #expect(cost.otherMultiplyAccumulatesPerPixel < 0.02 * cost.multiplyAccumulatesPerPixel, "\(cost)")
    let shares = cost.parts.filter { $0.depth == 0 }.compactMap(\.share)
    #expect(shares.reduce(0, +) > 0.98)
  }

  @Test func asText() throws {
    let folder = try Tiny.folder()
    let result = try Command(["describe", "--config", "tiny.yaml", "--size", "400x200"], in: folder).run()
    #expect(result.status == 0 && result.output.hasPrefix("models.FactorizedPrior for a picture of 400×200 pixels, padded to 400×208\n"))
    for word in ["Part ", "g_s.6", "Memory of training", "with 2 patches of 32×32 a step", "everything grows in proportion to the"] {
      #expect(result.output.contains(word), "\(word): \(result.output)")
    }
  }

  @Test(arguments: [
    (["describe"], "describe needs a class"), (["describe", "GDN", "--size", "8x8"], "belongs to the cost of a model"),
    (["describe", "GDN", "--model", "x"], "'GDN' is explained by itself; --model belongs to the cost of a model"),
    (["describe", "--config", "data.yaml"], "there is no model whose cost could be told"),
    (["describe", "--model", "models.Nope"], "there is no model 'models.Nope'"),
    (["describe", "--model", "FactorizedPrior", "--depth", "0"], "--depth must lie between 1 and 100"),
  ])
  func mistakes(words: [String], sentence: String) throws {
    let folder = try TestFolder()
    try folder.add("data.yaml", "data: {class_path: datasets.ImageFolder, init_args: {data_dir: d}}\n")
    var command = Command(words, in: folder)
    command.program = try folder.lonelyProgram()
    let result = try command.run()
    #expect(result.status != 0 && result.output.isEmpty && result.messages.contains(sentence), "\(result)")
  }
}
