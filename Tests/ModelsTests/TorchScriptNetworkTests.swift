import Configuration
import Foundation
import LatentModels
import Layers
import Models
import Registry
import Testing
import Torch
import Weights

/// Networks from TorchScript files at every place of a model.
@Suite(.serialized) struct TorchScriptNetworkTests {
  static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/torchscript"

  static func network(_ file: String, _ more: String = "") -> String {
    "{class_path: networks.TorchScript, init_args: {path: \(folder)/\(file)\(more)}}"
  }

  static let transforms = "encoder: \(network("encoder.pt")), decoder: \(network("decoder.pt"))"
  static let hyperNetworks = "hyper_analysis: \(network("hyper-analysis.pt")), hyper_synthesis: \(network("hyper-synthesis.pt"))"

  static func plan(_ arguments: String, model: String = "models.FactorizedPrior") throws -> ModelPlan {
    try FactorizedPriorPlanTests.plan(arguments, model: model)
  }

  @Test func theModelHasTheirWeights() throws {
    let model = try Self.plan("{expansion_channels: 6, \(Self.transforms)}").build(seed: 1)
    #expect(model.sideMultiple == 16)
    let state = try model.storedState()
    #expect(state["g_a.downsample.0.weight"]?.shape == [4, 3, 5, 5] && state["g_s.last.bias"]?.shape == [3])
    #expect(state["g_a.norm.running_var"]?.shape == [4])
    #expect(state["g_a.torchscript-sha256"]?.bytes == (try TorchScriptFile("\(Self.folder)/encoder.pt").sha256))
    #expect(model.mainParameters.contains { $0.name == "g_a.tail.0.weight" } && model.auxiliaryParameters.count == 1)
    let frozen = try Self.plan("{expansion_channels: 6, encoder: \(Self.network("partly-frozen.pt"))}").build(seed: 1)
    #expect(!frozen.mainParameters.contains { $0.name == "g_a.downsample.0.weight" })
    #expect(try frozen.storedState().names.contains("g_a.downsample.0.weight"))
  }

  @Test func whatIsCompressedIsDecompressed() throws {
    try Runtime.setThreads(1)
    let model = try Self.plan("{expansion_channels: 6, \(Self.transforms)}").build(seed: 1)
    try model.updateTables()
    let pictures = try Tensor.uniform([2, 3, 48, 64], in: 0...1, seed: 1)
    let decoded = try model.decompress(model.compress(pictures))
    let expected = try withoutGradients { try model.forward(pictures, noise: nil).reconstruction.clamped(from: 0, to: 1) }
    #expect(decoded.shape == pictures.shape)
    let differences = try zip(decoded.elements(), expected.elements()).map { abs($0 - $1) }
    #expect(differences.allSatisfy { $0 < 1e-5 })
  }

  /// Scales come from a program on both sides: each picture's own, whatever it is decoded with.
  @Test func hyperNetworksCode() throws {
    try Runtime.setThreads(1)
    let model = try Self.plan(
      "{channels: 4, expansion_channels: 6, \(Self.transforms), \(Self.hyperNetworks)}", model: "models.ScaleHyperprior"
    ).build(seed: 1)
    #expect(model.sideMultiple == 64)
    try model.updateTables()
    let pictures = try Tensor.uniform([3, 3, 64, 128], in: 0...1, seed: 2)
    let together = try model.compress(pictures)
    #expect(together.payloads.count == 2 && together.latentHeight == 1 && together.latentWidth == 2)
    let decoded = try model.decompress(together)
    for index in 0..<3 {
      let one = CodedBatch(payloads: together.payloads.map { [$0[index]] }, latentHeight: 1, latentWidth: 2)
      let alone = try model.decompress(one)
      let differences = try zip(alone.elements(), decoded.narrowed(0, from: index, length: 1).elements()).map { abs($0 - $1) }
      #expect(differences.allSatisfy { $0 < 1e-5 })
    }
    let state = try model.storedState()
    #expect(state["h_a.0.weight"]?.shape == [4, 6, 3, 3] && state["h_s.torchscript-sha256"] != nil)
  }

  /// A hyper analysis of another beside networks of our own.
  @Test func oneNetworkOfAnother() throws {
    let model = try Self.plan(
      "{channels: 4, expansion_channels: 6, hyper_analysis: \(Self.network("hyper-analysis.pt"))}", model: "models.MeanScaleHyperprior"
    ).build(seed: 1)
    try model.updateTables()
    let pictures = try Tensor.uniform([1, 3, 64, 64], in: 0...1, seed: 2)
    #expect(try model.decompress(model.compress(pictures)).shape == pictures.shape)
  }

  @Test func weightsOfAnotherFileAreRefused() throws {
    let model = try Self.plan("{expansion_channels: 6, \(Self.transforms)}").build(seed: 1)
    let arguments = Self.transforms.replacing("encoder.pt", with: "encoder-traced.pt")
    let other = try Self.plan("{expansion_channels: 6, \(arguments)}").build(seed: 1)
    let mismatch = #expect(throws: StateMismatch.self) { try other.load(model.storedState()) }
    #expect(mismatch?.description.contains("encoder-traced.pt' has the SHA-256 ") == true, "\(String(describing: mismatch))")
    // Weights alone, such as those of PyTorch, know of no file.
    var weights = try model.storedState()
    weights["g_a.torchscript-sha256"] = nil
    try other.load(weights)
    // The same weights in another program are another model.
    #expect(try other.storedState().sha256 != model.storedState().sha256)
  }

  @Test(arguments: [
    (
      "{encoder: \(network("encoder.pt", ", out_channels: 5"))}",
      "the encoder gives 5 channels (model.init_args.encoder.init_args.out_channels) but the decoder takes 192 (model.init_args.expansion_channels)"
    ),
    (
      "{expansion_channels: 6, encoder: \(network("encoder.pt", ", downsampling: 8"))}",
      "the encoder divides the sides of pictures by 8 but the decoder multiplies them by 16"
    ),
    (
      "{encoder: \(network("encoder.pt", ", upsampling: 2"))}",
      "model.init_args.encoder: downsampling is 16 and upsampling is 2, of which a network has one"
    ),
    ("{encoder: \(network("encoder.pt", ", in_channels: 0"))}", "in_channels: must be in 1 ... 65536, found 0"),
    ("{encoder: \(network("absent.pt"))}", "encoder.init_args.path: there is no file '"),
    ("{encoder: \(network("state-dict.pth"))}", "state-dict.pth' is no TorchScript file but a checkpoint"),
  ])
  func whatIsWrongIsFoundBeforeLibtorchIsNeeded(arguments: String, sentence: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try Self.plan(arguments) }
    #expect(error.map { "\($0)".contains(sentence) } == true, "\(String(describing: error))")
  }

  @Test(arguments: [
    (
      "{expansion_channels: 5, encoder: \(network("encoder.pt"))}",
      "encoder.pt' gives 6 channels, and needed are 5 (model.init_args.expansion_channels)"
    ),
    (
      "{expansion_channels: 6, encoder: \(network("stride-8.pt"))}",
      "stride-8.pt' gives 16×32 for sides of 128×256, and needed is a network that divides them by 16 "
        + "(model.init_args.encoder.init_args.downsampling)"
    ),
    ("{expansion_channels: 6, encoder: \(network("two-outputs.pt"))}", "it returns Tuple[Tensor, Tensor], not one tensor"),
    (
      "{expansion_channels: 6, encoder: \(network("float64.pt"))}",
      "float64.pt' has the parameter 'weight' of float64[6, 3, 16, 16], and needed are those of float32"
    ),
    (
      "{expansion_channels: 6, encoder: \(network("hyper-analysis.pt"))}",
      "hyper-analysis.pt' cannot take [1, 3, 128, 256], 3 channels (model.init_args.encoder.init_args.in_channels): forward: RuntimeError"
    ),
    (
      "{expansion_channels: 7, decoder: \(network("decoder.pt"))}",
      "decoder.pt' cannot take [1, 7, 8, 16], 7 channels (model.init_args.expansion_channels)"
    ),
  ])
  func whatAFileIsNotIsFoundWhenItIsLoaded(arguments: String, sentence: String) throws {
    let plan = try Self.plan(arguments)
    let error = #expect(throws: ConfigurationError.self) { try plan.build(seed: 1) }
    #expect(
      error.map { "\($0)".contains(sentence) && $0.problems[0].path.hasSuffix("coder.init_args.path") } == true,
      "\(String(describing: error))")
  }

  @Test func aNetworkAloneNeedsItsEnds() throws {
    let catalogue = try Catalogue(LayerEntries.all + ModelEntries.all + [FactorizedPriorPlanTests.loss])
    func plan(_ arguments: Node) throws -> NetworkPlan {
      try catalogue.build(Component<NetworkKind>("networks.TorchScript", arguments), as: NetworkPlan.self)
    }
    let path = Node(.string("\(Self.folder)/encoder.pt"))
    let channels = #expect(throws: ConfigurationError.self) { try plan(["path": path]) }
    #expect("\(String(describing: channels))".contains("in_channels: is not known here, expected an integer"))
    let scale = #expect(throws: ConfigurationError.self) { try plan(["path": path, "in_channels": 3, "out_channels": 6]) }
    #expect("\(String(describing: scale))".contains("write down downsampling or upsampling"))
    #expect(try plan(["path": path, "in_channels": 3, "out_channels": 6, "downsampling": 16]).scale == .reduces(16))
  }
}
