import Foundation
import Registry
import Testing

@testable import Benchpresso

/// The example that `describe` gives of each component of a training trains: one update and one validation with few channels.
struct ExamplesRunTests {
  static let kinds = [
    "model", "network", "nonlinearity", "prior", "conditional prior", "quantizer", "side information", "context model", "rate control",
    "loss", "optimizer", "scheduler",
    "callback", "logger",
  ]

  /// A network of a file needs the file.
  static let classPaths = BuiltIn.entries.filter { kinds.contains($0.kind) && $0.classPath != "networks.TorchScript" }.map(\.classPath)

  @Test(arguments: classPaths) func oneStep(classPath: String) throws {
    let folder = try TestFolder()
    // Two latents, one of half the sides of the other, or several levels.
    let side = ["Octave", "DualBranch", "CascadedVector"].contains { classPath.contains($0) } ? 128 : 64
    try folder.addPictures("pictures", count: 1, side: side)
    let catalogue = try Program.catalogue()
    let example = ComponentExample(try #require(catalogue.entry(classPath)), catalogue: catalogue).yaml
    try folder.add("example.yaml", bytes: Array(example.utf8))
    let lines = example.split(separator: "\n")
    // The model is the first class path below `model`, unless the example only changes the default one.
    let isOfModel = lines.first == "model:"
    let name =
      isOfModel && lines.count > 1 && lines[1].hasPrefix("  class_path: ") ? String(lines[1].dropFirst(14)) : "models.FactorizedPrior"
    let model = try #require(BuiltIn.entries.first { $0.classPath == name }, "\(example)")
    let data = "{class_path: datasets.ImageFolder, init_args: {data_dir: pictures, batch_size: 1, num_workers: 0}}"
    let crop = "{class_path: transform.CenterCrop, init_args: {patch_size: \(side)}}"
    var words = ["fit", "--config", "example.yaml", "--data", data, "--data.transform", crop, "--data.val_transform", crop]
    if !isOfModel { words += ["--model", name] }
    for (setting, number) in [("channels", "8"), ("expansion_channels", "48")] where model.argumentNames.contains(setting) {
      words += ["--model.\(setting)", number]
    }
    words += ["--trainer.fast_dev_run", "true", "--trainer.threads", "1", "--trainer.enable_model_summary", "false"]
    // What a step takes in memory need not be found out for so small ones.
    words += ["--trainer.memory_limit", "off"]
    let result = try Command(words, in: folder).run()
    #expect(result.status == 0 && result.messages.contains("fast_dev_run: 1 batch"), "\(result)\n\(example)")
  }

  /// What the costs are is known beforehand for a network whose layers are in its paper.
  @Test func costsAreCounted() throws {
    let folder = try TestFolder()
    let encoder = try Command(["describe", "networks.FactorizedPriorEncoder"], in: folder).run().output
    let words = encoder.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // N = 128, M = 192: 5×5 convolutions 3→N→N→N→M with biases; GDN adds N·(N+1) three times.
    let (n, m) = (128, 192)
    let parameters = 25 * (3 * n + 2 * n * n + n * m) + 3 * n + m + 3 * n * (n + 1)
    let convolutions = 25.0 * (Double(3 * n) / 4 + Double(n * n) / 16 + Double(n * n) / 64 + Double(n * m) / 256)
    let normalizations = Double(n * n) * (1.0 / 4 + 1.0 / 16 + 1.0 / 64)
    let total = Int((convolutions + normalizations).rounded())
    func grouped(_ number: Int) -> String {
      let digits = Array(String(number)).map(String.init)
      return digits.indices.reduce("") { $0 + ($1 > 0 && (digits.count - $1) % 3 == 0 ? "," : "") + digits[$1] }
    }
    #expect(words.contains("Cost: \(grouped(parameters)) parameters, \(grouped(total)) multiply–accumulates for each pixel"), "\(words)")
  }
}
