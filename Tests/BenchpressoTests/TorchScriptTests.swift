import Foundation
import Testing

/// A model whose encoder and decoder come from TorchScript files, as users run it.
struct TorchScriptTests {
  static let fixtures =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/torchscript"

  static let configuration = Tiny.configuration.replacing(
    "init_args: {channels: 4, expansion_channels: 6}",
    with: """
      init_args:
            expansion_channels: 6
            encoder: {class_path: networks.TorchScript, init_args: {path: nets/encoder.pt}}
            decoder: {class_path: networks.TorchScript, init_args: {path: nets/decoder.pt}}
      """)

  /// A folder with the configuration, pictures and networks.
  static func folder() throws -> TestFolder {
    let folder = try Tiny.folder()
    try folder.add("tiny.yaml", configuration)
    for file in ["encoder", "decoder", "encoder-traced", "two-outputs", "stride-8", "float64"] { try copy("\(file).pt", to: folder) }
    try copy("state-dict.pth", to: folder)
    return folder
  }

  private static func copy(_ file: String, to folder: TestFolder) throws {
    try folder.add("nets/\(file)", bytes: [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(fixtures)/\(file)"))))
  }

  private static func move(_ name: String, _ other: String, in folder: TestFolder) throws {
    try FileManager.default.moveItem(atPath: "\(folder.path)/\(name)", toPath: "\(folder.path)/\(other)")
  }

  /// Trained, exported, moved and used: the files are needed, and only the right ones will do.
  @Test func theWholeWay() throws {
    let folder = try Self.folder()
    func run(_ arguments: String...) throws -> Command.Result { try Command(arguments, in: folder).run() }
    let trained = try run("fit", "--config", "tiny.yaml")
    #expect(trained.status == 0 && trained.messages.contains("g_a                | TorchScriptNetwork |"), "\(trained)")
    #expect(try run("export", "--ckpt_path", Tiny.last, "--half", "-o", "m.safetensors").status == 0)
    let encoded = try run("encode", "--weights", "m.safetensors", "pictures/1.png", "a.bps")
    #expect(encoded.status == 0, "\(encoded)")
    #expect(try run("decode", "--weights", "m.safetensors", "a.bps", "a.png").status == 0)
    // Other weights of the same files do not decode it.
    let other = try run("decode", "--weights", Tiny.last, "a.bps", "b.png")
    #expect(other.status == 1 && other.messages.contains("with other weights"), "\(other)")
    // For PyTorch there is nothing that its modules lack.
    #expect(try run("export", "--ckpt_path", Tiny.last, "--compressai", "-o", "m.pth").status == 0)
    let pickle = String(decoding: try folder.bytes("m.pth"), as: UTF8.self)
    #expect(pickle.contains("g_a.downsample.0.weight") && !pickle.contains("torchscript-sha256"))

    try Self.move("nets", "elsewhere", in: folder)
    let missing = try run("decode", "--weights", "m.safetensors", "a.bps", "b.png")
    #expect(missing.status == 2 && missing.output.isEmpty, "\(missing)")
    let sentence =
      "path: there is no file 'nets/encoder.pt' and no 'encoder.pt' beside 'm.safetensors' (no such file or folder); put the TorchScript file there"
    #expect(missing.messages.contains(sentence), "\(missing)")
    // Beside the weights they are found, and an option names them elsewhere.
    try folder.add("elsewhere/m.safetensors", bytes: folder.bytes("m.safetensors"))
    let beside = try run("decode", "--weights", "elsewhere/m.safetensors", "a.bps", "b.png")
    #expect(try beside.status == 0 && folder.bytes("a.png") == folder.bytes("b.png"), "\(beside)")
    let places = ["--model.encoder.path", "elsewhere/encoder.pt", "--model.decoder.path", "elsewhere/decoder.pt"]
    let resumed = try Command(["fit", "--config", "tiny.yaml", "--resume", "--trainer.max_steps", "5"] + places, in: folder).run()
    #expect(resumed.status == 0 && resumed.messages.contains("continuing after step 4"), "\(resumed)")
    let swapped = try Command(
      ["validate", "--config", "tiny.yaml", "--ckpt_path", Tiny.last] + places + ["--model.encoder.path", "elsewhere/encoder-traced.pt"],
      in: folder
    ).run()
    #expect(swapped.status == 1, "\(swapped)")
    #expect(
      swapped.messages.contains("belong to another network: the TorchScript file 'elsewhere/encoder-traced.pt' has the SHA-256 "),
      "\(swapped)")
  }

  @Test(
    arguments: [
      ("nets/absent.pt", [], "error: --model.encoder.path: cannot read 'nets/absent.pt': no such file or folder"),
      (
        "nets/state-dict.pth", [],
        "error: --model.encoder.path: 'nets/state-dict.pth' is no TorchScript file but a checkpoint: weights without the network; write one with"
      ),
      ("tiny.yaml", [], "error: --model.encoder.path: 'tiny.yaml' is no TorchScript file; write one with torch.jit.trace"),
      ("nets/cut.pt", [], "error: --model.encoder.path: cannot read the TorchScript file 'nets/cut.pt': the file ends inside the archive"),
      (
        "nets/two-outputs.pt", [],
        "the network in 'nets/two-outputs.pt' cannot take [1, 3, 128, 256], 3 channels (model.init_args.encoder.init_args.in_channels): "
          + "forward: it returns Tuple[Tensor, Tensor], not one tensor"
      ),
      ("nets/stride-8.pt", [], "the network in 'nets/stride-8.pt' gives 16×32 for sides of 128×256, and needed is a network that divides"),
      (
        "nets/float64.pt", [],
        "the network in 'nets/float64.pt' has the parameter 'weight' of float64[6, 3, 16, 16], and needed are those of float32"
      ),
      (
        "nets/encoder.pt", ["--model.expansion_channels", "5"],
        "the network in 'nets/encoder.pt' gives 6 channels, and needed are 5 (model.init_args.expansion_channels)"
      ),
      (
        "nets/encoder.pt", ["--model.encoder.out_channels", "5"],
        "the encoder gives 5 channels (model.init_args.encoder.init_args.out_channels) but the decoder takes 6 (model.init_args.expansion_channels)"
      ),
    ] as [(String, [String], String)])
  func networksThatDoNotFit(file: String, more: [String], sentence: String) throws {
    let folder = try Self.folder()
    try folder.add("nets/cut.pt", bytes: Array(folder.bytes("nets/encoder.pt").prefix(9000)))
    let result = try Command(["fit", "--config", "tiny.yaml", "--model.encoder.path", file] + more, in: folder).run()
    #expect(result.status == 2 && result.output.isEmpty && result.messages.contains(sentence), "\(result)")
    #expect(!folder.has("logs"), "nothing was begun")
  }
}
