import Foundation
import Testing

/// What the program does without tensors, and how it measures with them.
struct ProgramTests {
  static let commands = ["fit", "validate", "test", "encode", "decode", "compare", "export", "quickstart", "doctor"]

  @Test(arguments: [["--help"], ["--version"]] + commands.map { [$0, "--help"] })
  func helpNeedsNoLibtorch(arguments: [String]) throws {
    let folder = try TestFolder()
    var command = Command(arguments, in: folder)
    command.program = try folder.lonelyProgram()
    let result = try command.run()
    #expect(result.status == 0 && result.messages.isEmpty, "\(result)")
    #expect(!result.output.isEmpty)
  }

  @Test func configurationErrorsNeedNoLibtorch() throws {
    let folder = try Tiny.folder()
    var command = Command(["fit", "--config", "tiny.yaml", "--trainer.max_stepss", "1"], in: folder)
    command.program = try folder.lonelyProgram()
    let result = try command.run()
    #expect(result.status == 2 && result.messages.contains("did you mean --trainer.max_steps?"), "\(result)")
  }

  @Test func whatNeedsTensorsSaysThatLibtorchIsMissing() throws {
    let folder = try Tiny.folder()
    var command = Command(["fit", "--config", "tiny.yaml"], in: folder)
    command.program = try folder.lonelyProgram()
    let result = try command.run()
    #expect(result.status == 1 && result.output.isEmpty, "\(result)")
    #expect(result.messages.hasPrefix("error: libtorch cannot be loaded ("), "\(result.messages)")
    #expect(result.messages.contains("libCTorchDoor") && result.messages.contains("make setup"), "\(result.messages)")
    #expect(!folder.has("logs"), "no run folder is left behind")
  }

  @Test func validateMeasuresACheckpoint() throws {
    let folder = try Tiny.trainedFolder()
    let text = try Command(["validate", "--config", "tiny.yaml", "--ckpt_path", "last"], in: folder).run()
    #expect(text.status == 0 && text.output.hasPrefix("loss ") && text.output.contains("4 pictures"), "\(text)")
    let json = try Command(["validate", "--config", "tiny.yaml", "--ckpt_path", "best", "--format", "json"], in: folder).run()
    struct Report: Decodable {
      let loss: Double
      let bppEstimated: Double
      let psnr: Double
      let pictures: Int
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let report = try decoder.decode(Report.self, from: Data(json.output.utf8))
    #expect(report.pictures == 4 && report.loss > report.bppEstimated && report.psnr > 0)
  }
}
