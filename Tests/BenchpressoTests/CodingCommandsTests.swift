import Foundation
import Images
import Testing

/// `test`, `export`, `encode` and `decode` with a model of a few steps.
struct CodingCommandsTests {
  struct Results: Decodable {
    struct Lists: Decodable {
      let bpp: [Double]
    }
    struct Point: Decodable {
      struct Picture: Decodable {
        let name: String
        let width: Int
      }
      let bppPayload: Double
      let bppFile: Double
      let images: [Picture]
    }
    let results: Lists
    let points: [Point]
  }

  @Test func testWritesResults() throws {
    let folder = try Tiny.trainedFolder()
    let result = try Command(
      ["test", "--ckpt_path", Tiny.last, "--data.data_dir", "pictures", "--data.transform", "transform.NoCrop"], in: folder
    ).run()
    #expect(result.status == 0 && !result.output.isEmpty, "\(result)")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let results = try decoder.decode(Results.self, from: Data(folder.bytes("logs/tiny/version_0/test/results.json")))
    let point = try #require(results.points.first)
    #expect(results.points.count == 1 && results.results.bpp == [point.bppPayload])
    #expect(point.bppFile > point.bppPayload && point.bppPayload > 0)
    #expect(point.images.map(\.name) == ["0.png", "1.png", "2.png", "3.png"] && point.images.allSatisfy { $0.width == 40 })
    #expect(folder.has("logs/tiny/version_0/test/results.csv"))
  }

  @Test(arguments: [[], ["--half"]])
  func aPictureIsCodedAndDecoded(options: [String]) throws {
    let folder = try Tiny.trainedFolder()
    try folder.add("small.png", bytes: TestFolder.picture(side: 13))
    let commands = [
      ["export", "--ckpt_path", Tiny.last, "--output", "model.safetensors"] + options,
      ["encode", "--weights", "model.safetensors", "small.png", "small.bps"],
      ["decode", "--weights", "model.safetensors", "small.bps", "decoded.png"],
    ]
    for arguments in commands {
      let result = try Command(arguments, in: folder).run()
      #expect(result.status == 0 && result.output.isEmpty, "\(result)")
    }
    let decoded = try ImageFile.read("\(folder.path)/decoded.png")
    #expect(decoded.width == 13 && decoded.height == 13)
    #expect(try folder.bytes("model.safetensors").count < folder.bytes(Tiny.last).count)
    try damagedFilesAreRefused(folder)
  }

  private func damagedFilesAreRefused(_ folder: TestFolder) throws {
    let bytes = try folder.bytes("small.bps")
    var flipped = bytes
    flipped[bytes.count - 6] ^= 0x10
    let table: [(name: String, bytes: [UInt8])] = [
      ("cut.bps", Array(bytes.dropLast(3))), ("empty.bps", []), ("flipped.bps", flipped), ("longer.bps", bytes + [0]),
      ("text.bps", [UInt8]("words".utf8)),
    ]
    for (name, bytes) in table {
      try folder.add(name, bytes: bytes)
      let result = try Command(["decode", "--weights", "model.safetensors", name, "none.png"], in: folder).run()
      #expect(result.status == 1 && result.output.isEmpty, "\(result)")
      #expect(result.messages.hasPrefix("error: ") && result.messages.contains(name), "\(result.messages)")
      #expect(result.messages.split(separator: "\n").count == 1, "\(result.messages)")
      #expect(!folder.has("none.png"))
    }
  }
}
