import Foundation
import Images
import Testing

/// Models of exchangeable parts through the program: parts of other weights, frozen parts, previews.
struct ComposedCommandTests {
  private func done(_ folder: TestFolder, _ arguments: [String]) throws -> Command.Result {
    let result = try Command(arguments, in: folder).run()
    #expect(result.status == 0, "\(result)")
    return result
  }

  private static let model = """
    model:
      class_path: models.Composed
      init_args: {channels: 4, expansion_channels: 6, activation: nonlinearity.ReLU, context_model: context.CosineSlicing}
    """

  private static func fit(_ name: String, _ more: [String]) -> [String] {
    [
      "fit", "--config", "model.yaml", "--data", "ImageFolder", "--data.data_dir", "pictures", "--data.transform",
      "{class_path: transform.RandomCrop, init_args: {patch_size: 64}}", "--data.val_transform",
      "{class_path: transform.CenterCrop, init_args: {patch_size: 64}}", "--data.batch_size", "2", "--trainer.max_steps", "2",
      "--trainer.val_check_interval", "0", "--trainer.num_sanity_val_steps", "0", "--trainer.threads", "1", "--name", name,
    ] + more
  }

  @Test func partsOfWeightsAndPreviews() throws {
    let folder = try TestFolder()
    try folder.add("model.yaml", bytes: Array(Self.model.utf8))
    try folder.addPictures("pictures", count: 3, side: 128)
    _ = try done(folder, Self.fit("first", []))
    let first = "logs/first/version_0/checkpoints/last.ckpt"
    let kept = ["--init_weights", first, "--trainer.frozen", "[g_a, latent_codec.hyper.h_a]"]
    _ = try done(folder, Self.fit("second", kept + ["--init_parts", "[g_a, latent_codec.hyper.h_a]", "--seed_everything", "5"]))
    let second = "logs/second/version_0/checkpoints/last.ckpt"
    func encoder(_ weights: String) throws -> [UInt8] {
      _ = try done(folder, ["export", "--ckpt_path", weights, "-o", "e.safetensors"])
      return try folder.bytes("e.safetensors")
    }
    // The encoder is the first one's, whatever was trained around it: both files code a picture to the same number of groups, and g_a is equal.
    let parts = try [first, second].map { try Self.tensor("g_a.0.weight", in: encoder($0)) }
    #expect(parts[0] == parts[1])
    let others = try [first, second].map { try Self.tensor("g_s.0.weight", in: encoder($0)) }
    #expect(others[0] != others[1])

    _ = try done(folder, ["encode", "--weights", second, "pictures/0.png", "p.bps"])
    let messages = try done(folder, ["decode", "--weights", second, "--stages", "3", "p.bps", "p.png"]).messages
    _ = try done(folder, ["decode", "--weights", second, "p.bps", "whole.png"])
    #expect(try folder.bytes("p.png") == folder.bytes("whole.png"))
    for stage in 1...2 { #expect(try ImageFile.read("\(folder.path)/p.\(stage)-of-3.png").width == 128) }
    #expect(!folder.has("p.3-of-3.png") && messages.contains("p.1-of-3.png, 3 of 7 groups"), "\(messages)")
  }

  /// The network of thumbnails is trained for weights that there are already, and shows files that were coded before.
  @Test func thumbnailsOfFilesThatThereAreAlready() throws {
    let folder = try TestFolder()
    try folder.add("model.yaml", bytes: Array(Self.model.utf8))
    try folder.addPictures("pictures", count: 2, side: 128)
    _ = try done(folder, Self.fit("first", []))
    let first = "logs/first/version_0/checkpoints/last.ckpt"
    _ = try done(folder, ["encode", "--weights", first, "pictures/0.png", "p.bps"])
    let refused = try Command(["decode", "--weights", first, "--thumbnail", "p.bps", "x.png"], in: folder).run()
    #expect(refused.status == 1 && refused.messages.contains("networks.ThumbnailSynthesis") && !folder.has("x.png"), "\(refused)")
    let parts = "[g_a, g_s, latent_codec]"
    let more = [
      "--init_weights", first, "--init_parts", parts, "--trainer.frozen", parts, "--model.thumbnail", "networks.ThumbnailSynthesis",
    ]
    _ = try done(folder, Self.fit("second", more))
    #expect(String(decoding: try folder.bytes("logs/second/version_0/metrics.csv"), as: UTF8.self).contains("thumbnail_mse"))
    let second = "logs/second/version_0/checkpoints/last.ckpt"
    _ = try done(folder, ["decode", "--weights", second, "--thumbnail", "p.bps", "small.png"])
    #expect(try ImageFile.read("\(folder.path)/small.png").width == 16)
    let messages = try done(folder, ["decode", "--weights", second, "--thumbnail", "--stages", "2", "p.bps", "s.png"]).messages
    #expect(try folder.bytes("s.png") == folder.bytes("small.png") && messages.contains("s.1-of-2.png, 4 of 7 groups"), "\(messages)")
    _ = try done(folder, ["decode", "--weights", first, "p.bps", "a.png"])
    _ = try done(folder, ["decode", "--weights", second, "p.bps", "b.png"])
    #expect(try folder.bytes("a.png") == folder.bytes("b.png"))
    let codec = try Command(["decode", "--codec", "codecs.JPEG", "--thumbnail", "p.bps", "x.png"], in: folder).run()
    #expect(codec.status == 2 && codec.messages.contains("--thumbnail belongs to .bps files"), "\(codec)")
  }

  /// Five groups of channels, each in two streams, and the second latent.
  @Test func elevenPayloadsOfELIC() throws {
    let folder = try TestFolder()
    try folder.add(
      "model.yaml",
      "model: {class_path: models.ELIC2022Official, init_args: {channels: 4, expansion_channels: 10, groups: [1, 1, 2, 2, 4]}}\n")
    try folder.addPictures("pictures", count: 2, side: 128)
    _ = try done(folder, Self.fit("elic", ["--trainer.enable_model_summary", "false"]))
    let weights = "logs/elic/version_0/checkpoints/last.ckpt"
    let encoded = try done(folder, ["encode", "--weights", weights, "--payloads", "p", "pictures/0.png"])
    #expect(encoded.messages.contains("p: payloads of ") && encoded.messages.filter { $0 == "+" }.count == 10, "\(encoded)")
    #expect(folder.has("p/string10.bin") && !folder.has("p/string11.bin"))
    _ = try done(folder, ["decode", "--weights", weights, "--payloads", "p", "-o", "p.png"])
    // The picture has sides that are multiples of 64, so that a file codes the same.
    _ = try done(folder, ["encode", "--weights", weights, "--threads", "1", "pictures/0.png", "p.bps"])
    _ = try done(folder, ["decode", "--weights", weights, "--threads", "1", "p.bps", "q.png"])
    #expect(try folder.bytes("p.png") == folder.bytes("q.png"))
    // A stream too few, and one too many.
    let last = try folder.bytes("p/string10.bin")
    try folder.add("p/string11.bin", bytes: last)
    let surplus = try Command(["decode", "--weights", weights, "--payloads", "p", "-o", "r.png"], in: folder).run()
    #expect(surplus.status == 1 && surplus.messages.contains("12") && !folder.has("r.png"), "\(surplus)")
    for name in ["p/string11.bin", "p/string10.bin"] { try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)") }
    let missing = try Command(["decode", "--weights", weights, "--payloads", "p", "-o", "r.png"], in: folder).run()
    #expect(missing.status == 1 && missing.messages.contains("10") && !folder.has("r.png"), "\(missing)")
  }

  /// The bytes of a tensor of a safetensors file.
  private static func tensor(_ name: String, in file: [UInt8]) throws -> [UInt8] {
    let length = file[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try JSONSerialization.jsonObject(with: Data(file[8..<8 + length])) as? [String: Any]
    let entry = try #require(header?[name] as? [String: Any], "there is no \(name)")
    let range = try #require(entry["data_offsets"] as? [Int])
    return Array(file[8 + length + range[0]..<8 + length + range[1]])
  }

  @Test(arguments: [
    (["--trainer.frozen", "[g_x]"], "no parameter of the model is called 'g_x'"),
    (["--trainer.frozen", "[g_a, g_s, latent_codec]"], "nothing is left that could be trained"),
    (["--model.context_model", "context.Autoregressive", "--model.density", "prior.Laplacian"], "its native loop knows the tables"),
    (["--model.quantizer", "quantizer.NonUniform"], "quantizer.NonUniform"),
    (["--model.rate_control", "rate_control.QuantizationOffsets"], "set its offsets to false"),
  ])
  func mistakesAreTold(_ words: [String], _ sentence: String) throws {
    let folder = try TestFolder()
    try folder.add("model.yaml", bytes: Array(Self.model.utf8))
    try folder.addPictures("pictures", count: 2, side: 128)
    let result = try Command(Self.fit("x", words), in: folder).run()
    #expect(result.status == 2 && result.messages.contains(sentence), "\(result)")
  }

  @Test func whatIsCodedInOnePieceHasNoStages() throws {
    let folder = try Tiny.trainedFolder()
    try folder.add("p.png", bytes: TestFolder.picture(side: 70))
    _ = try done(folder, ["encode", "--weights", Tiny.last, "p.png", "p.bps"])
    let result = try Command(["decode", "--weights", Tiny.last, "--stages", "2", "p.bps", "x.png"], in: folder).run()
    #expect(result.status == 1 && result.messages.contains("codes the latent in one piece") && !folder.has("x.png"), "\(result)")
    let many = try Command(["decode", "--weights", Tiny.last, "--stages", "1", "p.bps", "x.png"], in: folder).run()
    #expect(many.status == 2 && many.messages.contains("--stages must be in 2 ... 64"), "\(many)")
  }
}
