import Foundation
import Images
import Testing

/// `inspect`, and `encode` and `decode` of several pictures.
struct InspectTests {
  private struct Report: Decodable {
    let bytes: Int
    let version: Int
    let streamForm: String
    let model: String
    let weightsHash: String
    let width: Int
    let height: Int
    let padding: [String: Int]
    let latentShapes: [[Int]]
    let payloadBytes: [Int]
    let bppFile: Double
    let bppPayload: Double
    let checksum: String
  }

  /// A folder with weights and `small.bps`, a picture of 75×75.
  private func folder() throws -> TestFolder {
    let folder = try ExchangeTests.folder("bmshj2018-factorized")
    try folder.add("small.png", bytes: TestFolder.picture(side: 75))
    let result = try Command(["encode", "--weights", "w.safetensors", "small.png", "small.bps"], in: folder).run()
    #expect(result.status == 0, "\(result)")
    return folder
  }

  private func inspect(_ words: [String], in folder: TestFolder) throws -> Command.Result {
    var command = Command(["inspect"] + words, in: folder)
    command.program = try folder.lonelyProgram()
    return try command.run()
  }

  @Test func theHeaderIsTold() throws {
    let folder = try folder()
    let bytes = try folder.bytes("small.bps")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let json = try inspect(["small.bps", "--format", "json"], in: folder)
    let report = try decoder.decode(Report.self, from: Data(json.output.utf8))
    #expect(
      report.bytes == bytes.count && report.version == 1 && report.streamForm == "compatible" && report.model == "models.FactorizedPrior")
    #expect(report.width == 75 && report.height == 75 && report.latentShapes == [[5, 5]])
    #expect(report.padding == ["left": 2, "top": 2, "right": 3, "bottom": 3])
    #expect(report.payloadBytes.count == 1 && report.payloadBytes[0] < bytes.count)
    #expect(report.bppFile == Double(bytes.count * 8) / 5625 && report.bppPayload == Double(report.payloadBytes[0] * 8) / 5625)
    let text = try inspect(["small.bps"], in: folder)
    #expect(text.status == 0 && text.messages.isEmpty, "\(text)")
    for line in [
      "model           models.FactorizedPrior", "weights hash    \(report.weightsHash)", "picture         75×75",
      "streams         as CompressAI's",
      "padding         left 2, above 2, right 3, below 3: 80×80", "latent shapes   5×5 (height×width)",
      "payloads        \(report.payloadBytes[0]) bytes", "checksum        \(report.checksum), right",
    ] { #expect(text.output.contains(line + "\n"), "\(line): \(text.output)") }
  }

  @Test func damagedFilesGiveTheErrorsOfDecoding() throws {
    let folder = try folder()
    let bytes = try folder.bytes("small.bps")
    var flipped = bytes
    flipped[bytes.count - 6] ^= 0x10
    let table: [(String, [UInt8])] = [
      ("cut.bps", Array(bytes.dropLast(3))), ("empty.bps", []), ("flipped.bps", flipped), ("longer.bps", bytes + [0]),
      ("text.bps", [UInt8]("words".utf8)), ("newer.bps", bytes.prefix(3) + [9] + bytes.dropFirst(4)),
    ]
    for (name, bytes) in table {
      try folder.add(name, bytes: bytes)
      let result = try inspect([name], in: folder)
      let decoded = try Command(["decode", "--weights", "w.safetensors", name, "none.png"], in: folder).run()
      #expect(result.status == 1 && result.output.isEmpty && result.messages == decoded.messages, "\(result)")
      #expect(result.messages.hasPrefix("error: '\(name)' "), "\(result.messages)")
    }
  }

  @Test func severalPicturesAtOnce() throws {
    let folder = try folder()
    try folder.addPictures("pictures", count: 2)
    let pictures = ["pictures/0.png", "pictures/1.png", "small.png"]
    let encoded = try Command(["encode"] + pictures + ["--weights", "w.safetensors", "-o", "coded", "--format", "json"], in: folder).run()
    #expect(encoded.status == 0 && encoded.output.hasPrefix("["), "\(encoded)")
    #expect(try folder.bytes("coded/small.bps") == folder.bytes("small.bps"))
    let files = ["0", "1", "small"].map { "coded/\($0).bps" }
    let decoded = try Command(["decode"] + files + ["--weights", "w.safetensors", "-o", "new/decoded/"], in: folder).run()
    #expect(decoded.status == 0 && decoded.output.isEmpty, "\(decoded)")
    #expect(try ImageFile.read("\(folder.path)/new/decoded/1.png").width == 40)
    let one = try Command(["encode", "small.png", "--weights", "w.safetensors", "-o", "one.bps"], in: folder).run()
    #expect(one.status == 0 && folder.has("one.bps"), "\(one)")
  }

  @Test(arguments: [
    (["encode", "a.png"], "name one file and the file to write, or any number of files and -o FOLDER"),
    (["encode", "a.png", "b.png"], "'b.png' would be overwritten"), (["decode", "a.bps", "b.bps"], "'b.bps' would be overwritten"),
    (["encode", "a.png", "b.png", "c.png"], "any number of files and -o FOLDER"),
    (["encode", "a/x.png", "b/x.jpg", "-o", "coded"], "would both be written to 'coded/x.bps'"),
    (["decode", "-o", "decoded"], "name the files to read"),
  ])
  func whatIsWrittenWhereIsClear(arguments: [String], sentence: String) throws {
    let folder = try TestFolder()
    let result = try Command(arguments + ["--weights", "w.safetensors"], in: folder).run()
    #expect(result.status == 2 && result.output.isEmpty && result.messages.contains(sentence), "\(result)")
    #expect(!folder.has("coded") && !folder.has("decoded"))
  }

  @Test func otherWeightsAreNamedWithBothHashes() throws {
    let folder = try folder()
    let half = try Command(["export", "--ckpt_path", "w.safetensors", "--half", "-o", "half.safetensors"], in: folder).run()
    #expect(half.status == 0, "\(half)")
    let other = try Command(["encode", "--weights", "half.safetensors", "small.png", "half.bps"], in: folder).run()
    #expect(other.status == 0, "\(other)")
    func hash(_ file: String) throws -> Substring {
      let line = try inspect([file], in: folder).output.split(separator: "\n").first { $0.hasPrefix("weights hash") }
      return line?.split(separator: " ").last ?? ""
    }
    let (own, others) = (try hash("small.bps"), try hash("half.bps"))
    #expect(own.count == 16 && others.count == 16 && own != others)
    let result = try Command(["decode", "--weights", "half.safetensors", "small.bps", "none.png"], in: folder).run()
    #expect(result.status == 1 && result.messages.contains("(\(own), and these are \(others))"), "\(result)")
  }
}
