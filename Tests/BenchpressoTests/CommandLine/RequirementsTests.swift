import Foundation
import Testing
import Training
import Weights

/// The nine requirements of section 6.1 of the thesis, each with the words it is quoted by.
@Suite(.serialized) struct RequirementsTests {
  private func run(_ arguments: [String], in folder: TestFolder) throws -> Command.Result { try Command(arguments, in: folder).run() }

  private func text(_ folder: TestFolder, _ name: String) throws -> String { String(decoding: try folder.bytes(name), as: UTF8.self) }

  @Test("The framework must be “configurable using configuration files”")
  func configurable() throws {
    let folder = try Tiny.trainedFolder()
    let checkpoint = try Checkpoint.read("\(folder.path)/\(Tiny.last)")
    #expect(checkpoint.step == 4 && checkpoint.seed == 5)
    #expect(checkpoint.model.first { $0.name == "g_a.0.weight" }?.tensor.shape == [4, 3, 5, 5])
  }

  @Test(
    "The framework must “load objects of given class paths”",
    arguments: [
      "{class_path: activations.ReLU}", "{class_path: torch.nn.ReLU}", "nonlinearity.ReLU", "ReLU", "{class_path: nonlinearity.Identity}",
    ])
  func classPaths(activation: String) throws {
    let folder = try Tiny.folder()
    let result = try run(["fit", "--config", "tiny.yaml", "--model.activation", activation], in: folder)
    #expect(result.status == 0, "\(result)")
    let names = try Checkpoint.read("\(folder.path)/\(Tiny.last)").model.map(\.name)
    #expect(!names.contains { $0.contains("gamma") } && names.contains("g_a.0.weight"), "the network has no parameters of GDN: \(names)")
  }

  @Test("The framework must “execute single or all stages, such as fit, test, and validation”")
  func stages() throws {
    let folder = try Tiny.folder()
    let whole = ["--config", "tiny.yaml", "--data.test_transform", "NoCrop"]
    let all = try run(["run"] + whole, in: folder)
    #expect(all.status == 0 && folder.has(Tiny.last) && folder.has("logs/tiny/version_0/test/results.json"), "\(all)")
    for (stage, output) in [("validate", "loss "), ("test", "\ntiny "), ("predict", "logs/tiny/version_0/predict")] {
      let single = try run([stage, "--ckpt_path", "last"] + whole, in: folder)
      #expect(single.status == 0 && single.output.contains(output), "\(stage): \(single)")
    }
    let fit = try run(["fit"] + whole, in: folder)
    #expect(fit.status == 0 && folder.has("logs/tiny/version_1/checkpoints/last.ckpt") && !folder.has("logs/tiny/version_1/test"), "\(fit)")
  }

  @Test("The framework must “persist results in standard formats”")
  func results() throws {
    let folder = try Tiny.trainedFolder()
    let test = try run(
      ["test", "--config", "tiny.yaml", "--ckpt_path", "last", "--data.transform", "NoCrop", "--test.save_images", "images"], in: folder)
    #expect(test.status == 0, "\(test)")
    let json = try JSONSerialization.jsonObject(with: Data(folder.bytes("logs/tiny/version_0/test/results.json")))
    let results = try #require((json as? [String: Any])?["results"] as? [String: [Any]])
    #expect(results["bpp"]?.count == 1 && results["psnr-rgb"]?.count == 1, "\(results)")
    for name in ["logs/tiny/version_0/test/results.csv", "logs/tiny/version_0/metrics.csv"] {
      let lines = try text(folder, name).split(separator: "\n")
      // Fields with commas are quoted.
      let plain = lines.map { line in
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 0 }
      }
      let columns = Set(plain.map { parts in parts.reduce(1) { $0 + $1.element.count { $0 == "," } } })
      #expect(lines.count > 4 && columns.count == 1, "\(name): \(lines)")
    }
    #expect(try folder.bytes("images/0.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    // The header's length, eight bytes, and then JSON: a safetensors file.
    #expect(try folder.bytes(Tiny.last).dropFirst(8).first == UInt8(ascii: "{"))
  }

  @Test("The framework must “perform seeding to ensure reproducible results”")
  func seeding() throws {
    let folder = try Tiny.folder()
    for name in ["a", "b"] {
      let result = try run(["fit", "--config", "tiny.yaml", "--name", name], in: folder)
      #expect(result.status == 0, "\(result)")
    }
    let other = try run(["fit", "--config", "tiny.yaml", "--name", "c", "--seed_everything", "6"], in: folder)
    #expect(other.status == 0, "\(other)")
    let models = try ["a", "b", "c"].map { try Checkpoint.read("\(folder.path)/logs/\($0)/version_0/checkpoints/last.ckpt").model }
    #expect(models[0] == models[1] && models[0] != models[2])
    // Without a seed in the file there is one, and it is written down; one that was picked can be used again.
    let standard = try run(["config", "show", "--model", "FactorizedPrior", "--data", "Kodak"], in: folder)
    #expect(standard.output.contains("\nseed_everything: 42\n"), "\(standard)")
    let picked = try run(["config", "show", "--config", "tiny.yaml", "--seed_everything", "random"], in: folder)
    #expect(picked.messages.contains("note: --seed_everything: the seed "), "\(picked)")
    try folder.add("picked.yaml", picked.output)
    #expect(try run(["config", "show", "--config", "picked.yaml"], in: folder).output == picked.output)
  }

  @Test("Configuration files must be open: “not specifying a field assumes the default value”")
  func open() throws {
    let folder = try TestFolder()
    try folder.add("short.yaml", "model: models.FactorizedPrior\ndata: datasets.Kodak\n")
    try folder.add("long.yaml", run(["config", "show", "--config", "short.yaml"], in: folder).output)
    let same = try run(["config", "diff", "short.yaml", "long.yaml"], in: folder)
    #expect(same.status == 0 && same.output.isEmpty, "\(same)")
    #expect(try text(folder, "long.yaml").contains("\n    channels: 128\n"))
  }

  @Test("Configuration files must “accept class paths to core components”")
  func coreComponents() throws {
    let folder = try TestFolder()
    try folder.add(
      "parts.yaml",
      """
      model:
        class_path: models.google_models.FactorizedPrior
        init_args:
          encoder:
            class_path: google_encoder_decoder.FactorizedPriorEncoder
            init_args: {activation: {class_path: activations.GeneralizedDivisiveNormalization}}
          decoder: {class_path: google_encoder_decoder.FactorizedPriorDecoder}
          entropy_bottleneck: {class_path: prior.EntropyBottleneck}
          rate_distortion_function: {class_path: loss.rate_distortion_loss_compressai.RateDistortionLoss}
      data:
        class_path: data_modules.kodak_data_module.KodakDataModule
        init_args: {transform: {class_path: transform.NoCrop}}
      trainer:
        callbacks: [{class_path: lightning.pytorch.callbacks.ModelCheckpoint}]
        logger: {class_path: loggers.CSV}
      optimizer: {class_path: torch.optim.Adam}
      lr_scheduler: {class_path: torch.optim.lr_scheduler.MultiStepLR}

      """)
    let shown = try run(["config", "show", "--config", "parts.yaml"], in: folder)
    #expect(shown.status == 0 && shown.messages.isEmpty, "\(shown)")
    for name in [
      "models.FactorizedPrior", "networks.FactorizedPriorEncoder", "networks.FactorizedPriorDecoder", "nonlinearity.GDN",
      "prior.EntropyBottleneck", "loss.RateDistortion", "datasets.Kodak", "transform.NoCrop", "callbacks.ModelCheckpoint", "loggers.CSV",
      "optimizer.Adam", "scheduler.MultiStep",
    ] {
      #expect(shown.output.contains("class_path: \(name)\n"), "\(name): \(shown.output)")
    }
  }

  @Test("Configuration files must be “reusable”")
  func reusable() throws {
    let folder = try Tiny.folder()
    // The parts of one experiment, of which another one uses all but the model.
    try folder.add(
      "parts/data.yaml",
      "class_path: datasets.ImageFolder\ninit_args: {data_dir: ../pictures, batch_size: 2, transform: {class_path: RandomCrop, init_args: {patch_size: 32}}}\n"
    )
    try folder.add("parts/trainer.yaml", "trainer: {max_steps: 1, threads: 1}\n")
    for (name, model) in [("a", "FactorizedPrior"), ("b", "FactorizedPriorReLU")] {
      try folder.add(
        "\(name).yaml",
        """
        name: \(name)
        model: {class_path: models.\(model), init_args: {channels: 4, expansion_channels: 6}}
        data: parts/data.yaml
        trainer: parts/trainer.yaml

        """)
      let result = try run(["fit", "--config", "\(name).yaml"], in: folder)
      #expect(result.status == 0 && folder.has("logs/\(name)/version_0/checkpoints/last.ckpt"), "\(result)")
    }
    // What a run wrote down trains the same from any folder.
    try folder.add("elsewhere/.keep", "")
    var command = Command(["fit", "--config", "../logs/a/version_0/config.yaml"], in: folder)
    command.folder += "/elsewhere"
    let again = try command.run()
    #expect(again.status == 0, "\(again)")
    let paths = ["logs/a/version_0", "logs/a/version_1"].map { "\(folder.path)/\($0)/checkpoints/last.ckpt" }
    #expect(try Checkpoint.read(paths[0]).model == Checkpoint.read(paths[1]).model)
  }

  @Test("Configuration files must be “compatible with all stages, such as fit, test, and validation”")
  func compatible() throws {
    let folder = try Tiny.trainedFolder()
    let written = [
      "tiny.yaml", "logs/tiny/version_0/config.yaml", "logs/tiny/version_0/test/config.yaml", "logs/tiny/version_0/predict/config.yaml",
    ]
    // Each stage takes the file of the user and what every stage before it wrote down.
    for file in written {
      for stage in ["test", "validate", "predict", "fit"] {
        let result = try run([stage, "--config", file, "--ckpt_path", Tiny.last, "--trainer.max_steps", "5"], in: folder)
        #expect(result.status == 0, "\(stage) of \(file): \(result)")
      }
    }
  }
}
