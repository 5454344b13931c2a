import Foundation
import Testing

/// The program as users run it, which knows the components of this package like its own.
@Suite(.serialized) struct ProgramTests {
  private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private struct Result {
    let status: Int32
    let output: String
    let messages: String
  }

  /// Runs the program, which is built beside the tests.
  private func run(_ arguments: String..., in folder: URL? = nil) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("custompresso")
    process.arguments = arguments
    process.currentDirectoryURL = folder ?? Self.package
    // Files, as a full pipe would stop the process.
    let base = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let files = [base.appendingPathExtension("out"), base.appendingPathExtension("err")]
    for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Result(status: process.terminationStatus, output: texts[0], messages: texts[1])
  }

  @Test(arguments: [
    ("nonlinearities", "nonlinearity.Swish"), ("models", "models.ResidualFactorizedPrior"), ("metrics", "metrics.CIEDE2000"),
  ])
  func componentsAreListedAndDescribed(kind: String, classPath: String) throws {
    let list = try run("list", kind)
    #expect(list.status == 0 && list.output.contains("\n\(classPath) "), "\(list)")
    let described = try run("describe", classPath)
    #expect(described.status == 0 && described.output.hasPrefix("\(classPath)  ("), "\(described)")
    #expect(described.output.contains("class_path: \(classPath)"), "an example, \(described)")
  }

  @Test func equationsAndSettingsAreShown() throws {
    let text = try run("describe", "Swish").output
    #expect(text.contains("z_i = x_i · σ(β_i·x_i)") && text.contains("The value of every β before the training."), "\(text)")
    let schema = try run("schema").output
    #expect(schema.contains("custom.Swish") && schema.contains("models.ResidualFactorizedPrior"))
  }

  @Test func mistakesAreToldWithTheirPlace() throws {
    let result = try run("config", "show", "--config", "custom.yaml", "--model.activation.bta", "2")
    #expect(result.status == 2 && result.messages.contains("did you mean --model.activation.beta?"), "\(result)")
  }

  /// A training, a test with the metric, and a picture through real bytes.
  @Test func theModelTrainsAndCodes() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("custompresso-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let configuration = Self.package.appendingPathComponent("custom.yaml").path
    let fit = try run("fit", "--config", configuration, "--trainer.threads", "1", in: folder)
    #expect(fit.status == 0, "\(fit)")
    let weights = "logs/custom/version_0/checkpoints/last.ckpt"
    #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(weights).path), "\(fit)")

    let test = try run("test", "--config", configuration, "--ckpt_path", "last", "--test.output", "results", in: folder)
    #expect(test.status == 0, "\(test)")
    let results = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent("results/results.json")))
    let point = try #require(((results as? [String: Any])?["points"] as? [[String: Any]])?.first)
    let difference = try #require((point["metrics"] as? [String: Any])?["ciede2000"] as? Double)
    #expect(difference > 0.5 && difference < 100 && (point["images"] as? [Any])?.count == 7, "\(difference)")

    let photo = Self.package.appendingPathComponent("../../photos/dandelion.png").standardizedFileURL.path
    let encoded = try run("encode", "--weights", weights, photo, "photo.bps", in: folder)
    #expect(encoded.status == 0, "\(encoded)")
    let decoded = try run("decode", "--weights", weights, "photo.bps", "photo.png", in: folder)
    #expect(decoded.status == 0, "\(decoded)")
    let measured = try run(
      "metrics", photo, "photo.png", "--metric", "psnr", "--metric", "metrics.CIEDE2000", "--format", "json", in: folder)
    #expect(measured.status == 0 && measured.output.contains("\"ciede2000\""), "\(measured)")
    let bytes = try Data(contentsOf: folder.appendingPathComponent("photo.bps")).count
    #expect(bytes > 100 && bytes < 100_000)
  }
}
