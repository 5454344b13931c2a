import Benchpresso
import Foundation
import Results
import Testing

/// `benchpresso metrics`, and the option `--metric` of the commands that measure codecs.
struct MetricsCommandTests {
  private static let fixtures =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/metrics"

  /// A folder with a picture and two copies of it; no weights are there.
  private static func folder() throws -> TestFolder {
    let folder = try TestFolder()
    for (file, name) in [
      ("kodim23-crop.png", "a/1.png"), ("kodim23-crop-q10.jpg", "b/1.jpg"), ("kodim23-crop.png", "a/sub/2.png"),
      ("kodim23-crop.png", "b/sub/2.png"),
    ] {
      try folder.add(name, bytes: [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(fixtures)/\(file)"))))
    }
    try folder.add("small.png", bytes: TestFolder.picture(side: 7))
    return folder
  }

  private static func run(_ folder: TestFolder, _ words: String..., path: String? = nil) throws -> Command.Result {
    var command = Command(words, in: folder)
    command.environment = ["BENCHPRESSO_METRIC_WEIGHTS": "\(folder.path)/none"]
    command.environment["PATH"] = path ?? ProcessInfo.processInfo.environment["PATH"]
    return try command.run()
  }

  private static func json(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func twoPicturesGiveOneObject() throws {
    let folder = try Self.folder()
    let result = try Self.run(
      folder, "metrics", "a/1.png", "b/1.jpg", "--metric", "psnr", "--metric", "ssimulacra2", "--metric", "metrics.MSE", "--format", "json")
    #expect(result.status == 0 && result.messages.isEmpty, "\(result.messages)")
    let values = try #require(Self.json(result.output) as? [String: Double])
    #expect(Set(values.keys) == ["psnr", "ssimulacra2", "mse"])
    #expect(abs(try #require(values["ssimulacra2"]) - 18.119) < 0.02)
    #expect(abs(10 * log10(255 * 255 / (try #require(values["mse"]))) - (try #require(values["psnr"]))) < 1e-9)
  }

  @Test func withoutNamesAllThatIsReadyIsMeasured() throws {
    let folder = try Self.folder()
    let result = try Self.run(folder, "metrics", "small.png", "small.png", "--format", "json", path: "/nowhere")
    #expect(result.status == 0, "\(result.messages)")
    let values = try Self.json(result.output)
    // Without weights and programs of others; what is infinite or undefined is null.
    #expect(
      values.keys.sorted() == [
        "ms_ssim", "ms_ssim_db", "mse", "psnr", "psnr_y_bt601", "psnr_y_bt709", "psnr_yuv_611", "ssim", "ssimulacra2",
      ])
    #expect(values["mse"] as? Double == 0)
    #expect(["psnr", "ssim", "ssimulacra2", "ms_ssim"].allSatisfy { values[$0] is NSNull })
  }

  @Test func foldersGiveAListAndItsMeans() throws {
    let folder = try Self.folder()
    let result = try Self.run(folder, "metrics", "a", "b", "--metric", "ssimulacra2", "--metric", "psnr", "--format", "json")
    #expect(result.status == 0, "\(result.messages)")
    let values = try Self.json(result.output)
    let images = try #require(values["images"] as? [[String: Any]])
    #expect(images.map { $0["name"] as? String } == ["1", "sub/2"])
    let scores = images.compactMap { $0["ssimulacra2"] as? Double }
    #expect(scores.count == 2 && scores[1] == 100)
    let mean = try #require(values["mean"] as? [String: Any])
    #expect(abs(try #require(mean["ssimulacra2"] as? Double) - (scores[0] + 100) / 2) < 1e-9)
    // The second picture equals its original.
    #expect(mean["psnr"] is NSNull && images[1]["psnr"] is NSNull)
    let table = try Self.run(folder, "metrics", "a", "b", "--metric", "ssimulacra2")
    #expect(table.output.split(separator: "\n").count == 5 && table.output.contains("sub/2") && table.output.contains("100.000000"))
  }

  private static let mistakes: [(words: [String], status: Int32, says: String)] = [
    (
      ["a/1.png", "b/1.jpg", "--metric", "ssimulacra"], 2, "there is no metric 'ssimulacra'; did you mean 'ssimulacra2'? Metrics: mse, psnr"
    ),
    (["a/1.png", "b/1.jpg", "--metric", "metrics.LPIPS"], 2, "there is no metric 'metrics.LPIPS'"),
    (["a/1.png", "b/1.jpg", "--metric", "lpips_vgg"], 1, "fetch it with 'benchpresso data download lpips'"),
    (["a/1.png", "b/1.jpg", "--metric", "lpips_alex"], 1, "fetch it with 'benchpresso data download lpips'"),
    (["a/1.png", "b/1.jpg", "--metric", "dists"], 1, "fetch it with 'benchpresso data download"),
    (
      ["small.png", "small.png", "--metric", "ssimulacra2"], 2, "ssimulacra2 needs both sides of at least 8 pixels, and 'small.png' has 7×7"
    ),
    (["small.png", "small.png", "--metric", "ms_ssim"], 2, "ms_ssim needs both sides longer than 160 pixels"),
    (["a/1.png", "small.png"], 2, "a picture of 7×7 pixels cannot be compared with one of 128×128; crop or pad one of them first"),
    (["a/1.png", "none.png"], 1, "none.png"), (["a", "b/1.jpg"], 2, "must be two pictures or two folders, found one of each"),
    (["a", "a/sub"], 2, "the folders hold different pictures; only one of them has '1'"), (["a/1.png"], 2, "Missing expected argument"),
    (["a/1.png", "b/1.jpg", "--format", "xml"], 2, "xml"),
  ]

  @Test(arguments: mistakes.indices)
  func mistakesAreTold(index: Int) throws {
    let (words, status, says) = Self.mistakes[index]
    let folder = try Self.folder()
    var command = Command(["metrics"] + words, in: folder)
    command.environment = ["BENCHPRESSO_METRIC_WEIGHTS": "\(folder.path)/none"]
    let result = try command.run()
    #expect(result.status == status && result.output.isEmpty, "\(result.output)")
    #expect(result.messages.contains(says), "\(result.messages)")
  }

  @Test func weightsThatAreOthersAreRefused() throws {
    let folder = try Self.folder()
    try folder.add("none/lpips-vgg.safetensors", "not weights")
    let result = try Self.run(folder, "metrics", "a/1.png", "b/1.jpg", "--metric", "lpips_vgg")
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.messages.contains("none/lpips-vgg.safetensors"), "\(result.messages)")
  }

  @Test func aMissingProgramIsNamedWithItsPackage() throws {
    let folder = try Self.folder()
    let result = try Self.run(folder, "metrics", "a/1.png", "b/1.jpg", "--metric", "butteraugli", path: "/nowhere")
    #expect(result.status == 1)
    #expect(result.messages.contains("install the Debian package libjxl-devtools"), "\(result.messages)")
  }

  private static let codec = ["--data", "ImageFolder", "--data.data_dir", "a", "--data.transform", "NoCrop", "--codec", "JPEG"]

  @Test func theCommandCodecTakesFurtherMeasures() throws {
    let folder = try Self.folder()
    try folder.add("a/3.png", bytes: TestFolder.picture(side: 7))
    func study(_ words: String...) throws -> Command.Result {
      var command = Command(["codec"] + Self.codec + ["--qualities", "20,80", "-o", "out"] + words, in: folder)
      command.environment = ["BENCHPRESSO_METRIC_WEIGHTS": "\(folder.path)/none"]
      return try command.run()
    }
    let plain = try study()
    #expect(plain.status == 0, "\(plain.messages)")
    #expect(try ResultsFile.read("\(folder.path)/out/results.json").points[0].metrics == nil)
    // Rows without the measures do not count.
    let result = try study("--metric", "ssimulacra2", "--metric", "ssim", "--metric", "psnr", "--metric", "ssim")
    #expect(result.status == 0 && !result.messages.contains("were in out/journal.jsonl already"), "\(result.messages)")
    #expect(result.messages.contains("ssimulacra2 is null: it needs both sides of at least 8 pixels, this image is 7×7 (1 of 3 pictures)"))
    let points = try ResultsFile.read("\(folder.path)/out/results.json").points
    #expect(points.allSatisfy { $0.metrics.map { Set($0.keys) } == ["ssimulacra2", "ssim"] && $0.metric("ssimulacra2") == nil })
    let scores = points.map { $0.images[0].metric("ssimulacra2") ?? 0 }
    #expect(scores[0] < scores[1] && scores[1] < 100)
    let csv = String(decoding: try folder.bytes("out/results.csv"), as: UTF8.self)
    #expect(csv.split(separator: "\n")[0].contains("ms_ssim_db,ssim,ssimulacra2,"))
    #expect(try study("--metric", "ssimulacra2", "--metric", "ssim").messages.contains("6 measurements were in out/journal.jsonl already"))
    let missing = try study("--metric", "lpips_vgg")
    #expect(missing.status == 1 && missing.messages.contains("'benchpresso data download lpips'"), "\(missing.messages)")
  }

  @Test func aCurveIsComparedInAFurtherMeasure() throws {
    let folder = try TestFolder()
    for number in 1...2 { try folder.add("a/\(number).png", bytes: TestFolder.picture(side: 64, number: number)) }
    for (name, subsampling) in [("x", "yuv420"), ("y", "yuv444")] {
      let result = try Command(
        ["codec"] + Self.codec + ["--codec.subsampling", subsampling, "--qualities", "10,25,50,75", "--metric", "ssimulacra2", "-o", name],
        in: folder
      ).run()
      #expect(result.status == 0, "\(result.messages)")
    }
    let result = try Self.run(
      folder, "compare", "x/results.json", "--anchor", "y/results.json", "--metric", "ssimulacra2", "--format", "json")
    let rows = try #require(Self.json(result.output)["rows"] as? [[String: Any]])
    #expect(rows[0]["bd_rate"] is Double && rows[0]["images"] as? Int == 2, "\(result)")
  }

  @Test func theTestOfAModelTakesFurtherMeasures() throws {
    let folder = try Tiny.folder()
    func run(_ words: String...) throws -> Command.Result {
      var command = Command(words, in: folder)
      command.environment = ["BENCHPRESSO_METRIC_WEIGHTS": "\(folder.path)/none"]
      return try command.run()
    }
    // Weights that are missing are told before the training.
    let missing = try run("run", "--config", "tiny.yaml", "--test.metrics+=DISTS")
    #expect(missing.status == 1 && missing.messages.contains("data download"), "\(missing.messages)")
    #expect(!folder.has("logs"))
    #expect(try run("fit", "--config", "tiny.yaml").status == 0)
    let result = try run(
      "test", "--config", "tiny.yaml", "--ckpt_path", "last", "--test.metrics", "[SSIM, {class_path: metrics.MSE}]", "--metric",
      "ssimulacra2", "--test.output", "out")
    #expect(result.status == 0, "\(result.messages)")
    let points = try ResultsFile.read("\(folder.path)/out/results.json").points
    #expect(points[0].metrics.map { Set($0.keys) } == ["ssim", "mse", "ssimulacra2"])
    #expect(points[0].metric("ssimulacra2") != nil)
    let configuration = String(decoding: try folder.bytes("out/config.yaml"), as: UTF8.self)
    #expect(configuration.contains("class_path: metrics.SSIMULACRA2"), "\(configuration)")
    let lpips = try run("test", "--config", "tiny.yaml", "--ckpt_path", "last", "--metric", "lpips_alex")
    #expect(lpips.status == 1 && lpips.messages.contains("'benchpresso data download lpips'"), "\(lpips.messages)")
    let unknown = try run("test", "--config", "tiny.yaml", "--ckpt_path", "last", "--metric", "lpips")
    #expect(
      unknown.status == 2 && unknown.messages.contains("there is no metric 'lpips'. Metrics: mse, psnr"), "\(unknown.messages)")
  }
}
