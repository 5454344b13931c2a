import EntropyCoding
import Foundation
import Images
import Testing

/// Encoder and decoder in processes of their own that compute in different ways.
///
/// `make portability` tries more of them.
struct PortabilityTests {
  static let models = [
    "bmshj2018-factorized", "bmshj2018-factorized-relu", "bmshj2018-hyperprior", "mbt2018-mean", "mbt2018", "cheng2020-anchor",
    "cheng2020-attn",
  ]
  /// All that the machine has on one thread, and as little as the libraries can do with on two.
  static let circumstances: [(environment: [String: String], threads: String)] = [
    ([:], "1"), (["ONEDNN_MAX_CPU_ISA": "SSE41", "ATEN_CPU_CAPABILITY": "default"], "2"),
  ]

  @Test(arguments: models)
  func whatOneSideWritesTheOtherReadsOrRefuses(model: String) throws {
    let folder = try ExchangeTests.folder(model)
    let picture = "\(ExchangeTests.fixtures)/\(model)/input.png"
    for (index, own) in Self.circumstances.enumerated() {
      let result = try run(["encode", picture, "\(index).bps"], own, in: folder)
      #expect(result.status == 0, "\(result)")
    }
    for file in Self.circumstances.indices {
      var pictures: [Image] = []
      for (index, own) in Self.circumstances.enumerated() {
        let result = try run(["decode", "\(file).bps", "\(file)-\(index).png"], own, in: folder)
        if result.status == 0 {
          pictures.append(try ImageFile.read("\(folder.path)/\(file)-\(index).png"))
        } else {
          // Only with another arithmetic than its own may a file be unreadable, only if tables are computed, and then the error says so.
          #expect(result.status == 1 && file != index && !model.contains("factorized"), "\(result)")
          #expect(result.messages.contains("was written with"), "\(result)")
        }
      }
      for picture in pictures {
        let difference = zip(picture.pixels, pictures[0].pixels).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
        #expect(difference <= 1, "\(model), file \(file): samples differ by \(difference)")
      }
    }
    let report = try Command(["inspect", "1.bps", "--format", "json"], in: folder).run()
    #expect(report.output.contains("DEFAULT/SSE41") != model.contains("factorized"), "\(report)")
  }

  private func run(
    _ words: [String], _ own: (environment: [String: String], threads: String), in folder: TestFolder
  ) throws -> Command.Result {
    var command = Command(words + ["--weights", "w.safetensors", "--threads", own.threads], in: folder)
    command.environment = own.environment
    return try command.run()
  }

  @Test(arguments: [(["--threads", "0"], "--threads must be 1 or more"), (["--max-pixels", "0"], "--max-pixels must be 1 or more")])
  func numbersThatMakeNoSense(words: [String], sentence: String) throws {
    let folder = try ExchangeTests.folder("bmshj2018-factorized")
    try folder.add("small.png", bytes: TestFolder.picture(side: 13))
    let commands = [["encode", "small.png", "small.bps"], ["decode", "small.bps", "decoded.png"]]
    #expect(try Command(commands[0] + ["--weights", "w.safetensors"], in: folder).run().status == 0)
    for command in commands where command[0] == "decode" || words[0] == "--threads" {
      let result = try Command(command + ["--weights", "w.safetensors"] + words, in: folder).run()
      #expect(result.status == 2 && result.messages == "error: \(sentence)\n", "\(result)")
    }
    let limited = try Command(commands[1] + ["--weights", "w.safetensors", "--max-pixels", "100"], in: folder).run()
    #expect(limited.status == 1 && limited.messages.contains("--max-pixels allows more"), "\(limited)")
  }
}
