import Codecs
import Foundation
import Images
import Testing

@testable import Benchpresso
@testable import Training

/// `--tile` with trained models: what is coded in tiles is what is coded in one run.
struct TilingCommandTests {
  /// Models with their sides of tiles, of at least two tiles each way in a picture of 350×350.
  static let models = [
    ("bmshj2018-factorized", 64), ("bmshj2018-factorized-relu", 64), ("bmshj2018-hyperprior", 64), ("mbt2018-mean", 64), ("mbt2018", 64),
    ("cheng2020-anchor", 176), ("cheng2020-attn", 256),
  ]

  private func done(_ folder: TestFolder, _ arguments: [String]) throws -> Command.Result {
    let result = try Command(arguments, in: folder).run()
    #expect(result.status == 0, "\(result)")
    return result
  }

  @Test(arguments: models)
  func tilesGiveTheSamePayloadsAndPictures(name: String, side: Int) throws {
    let folder = try ExchangeTests.folder(name)
    try folder.add("p.png", bytes: TestFolder.picture(side: 350))
    let common = ["--weights", "w.safetensors", "--threads", "1"]
    let tiles = ["--tile", "\(side)"]
    _ = try done(folder, ["encode", "p.png", "whole.bps"] + common + ["--tile", "off"])
    _ = try done(folder, ["encode", "p.png", "tiled.bps"] + common + tiles)
    _ = try done(folder, ["encode", "p.png", "auto.bps"] + common)
    #expect(try folder.bytes("auto.bps") == folder.bytes("whole.bps"))
    let header = try done(folder, ["inspect", "tiled.bps"]).output
    #expect(header.contains("version         3\n") && header.contains("analysis        in tiles of \(side)×\(side) pixels, "), "\(header)")
    #expect(try done(folder, ["inspect", "whole.bps"]).output.contains("analysis        of the whole picture\n"))
    _ = try done(folder, ["encode", "p.png", "--payloads", "whole"] + common + ["--tile", "off"])
    _ = try done(folder, ["encode", "p.png", "--payloads", "tiled"] + common + tiles)
    #expect(try folder.bytes("whole/string0.bin") == folder.bytes("tiled/string0.bin"))
    _ = try done(folder, ["decode", "tiled.bps", "whole.png"] + common + ["--tile", "off"])
    _ = try done(folder, ["decode", "tiled.bps", "tiled.png"] + common + tiles)
    let (whole, tiled) = (try ImageFile.read("\(folder.path)/whole.png"), try ImageFile.read("\(folder.path)/tiled.png"))
    let differences = zip(whole.pixels, tiled.pixels).map { abs(Int($0) - Int($1)) }
    #expect(whole.width == 350 && tiled.pixels.count == whole.pixels.count)
    #expect(differences.allSatisfy { $0 <= 1 } && differences.count { $0 > 0 } * 1000 < differences.count)
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    let folder = try ExchangeTests.folder("bmshj2018-factorized")
    try folder.add("p.png", bytes: TestFolder.picture(side: 100))
    let table: [(words: [String], sentence: String)] = [
      (["--tile", "100"], "the side of tiles is 100, and it must be a multiple of 16 and at least 32 for this model; for example 1024"),
      (["--tile", "16"], "the side of tiles is 16, and it must be a multiple of 16 and at least 32"),
      (["--tile", "0"], "--tile"), (["--tile", "large"], "--tile"),
      (["--tile", "64", "--tile-overlap", "8"], "the overlap of tiles is 8, and the networks of this model see 32 pixels far"),
      (["--tile-overlap", "-1"], "--tile-overlap"), (["--memory-limit", "much"], "--memory-limit"),
    ]
    for (words, sentence) in table {
      let result = try Command(["encode", "p.png", "x.bps", "--weights", "w.safetensors"] + words, in: folder).run()
      #expect(result.status != 0 && result.messages.contains(sentence) && !folder.has("x.bps"), "\(words): \(result)")
    }
    // A limit that nothing reaches cuts the picture as small as it may be.
    _ = try done(folder, ["encode", "p.png", "x.bps", "--weights", "w.safetensors", "--memory-limit", "1KB"])
    #expect(try done(folder, ["inspect", "x.bps", "--format", "json"]).output.contains("\"tiling\""))
  }

  @Test func testMeasuresInTiles() throws {
    let folder = try Tiny.trainedFolder()
    try folder.addPictures("large", count: 2, side: 100)
    let words = ["test", "--ckpt_path", Tiny.last, "--data.data_dir", "large", "--data.transform", "transform.NoCrop", "--format", "json"]
    let whole = try done(folder, words + ["--test.tile", "off"]).output
    let tiled = try done(folder, words + ["--test.tile", "32"]).output
    func rates(_ text: String) throws -> [Double] {
      struct Results: Decodable {
        struct Point: Decodable {
          let bppPayload: Double
          let bppEstimated: Double
        }
        let points: [Point]
      }
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Results.self, from: Data(text.utf8)).points.flatMap { [$0.bppPayload, $0.bppEstimated] }
    }
    let (first, second) = (try rates(whole), try rates(tiled))
    #expect(first.count == 2 && first[0] == second[0] && abs(first[1] - second[1]) < 1e-5 * first[1])
    let wrong = try Command(words + ["--test.tile", "33"], in: folder).run()
    #expect(wrong.status != 0 && wrong.messages.contains("the side of tiles is 33"), "\(wrong)")
    for (setting, value) in [("tile", "none"), ("tile_overlap", "-1"), ("memory_limit", "0")] {
      let result = try Command(words + ["--test.\(setting)", value], in: folder).run()
      #expect(result.status != 0 && result.messages.contains("test.\(setting)"), "\(result)")
    }
  }

  @Test func textsAreRead() {
    #expect(
      TileSide(text: "512")?.side == .pixels(512) && TileSide(text: "auto")?.side == .automatic && TileSide(text: "off")?.side == .off)
    for text in ["", "-1", "0", "1.5", "Auto"] { #expect(TileSide(text: text) == nil) }
    for (text, bytes) in [("4GiB", 4 << 30), ("1.5 MiB", 3 << 19), ("800", 800), ("2gb", 2_000_000_000), ("1KB", 1000)] {
      #expect(MemoryAmount(text: text)?.bytes == bytes)
    }
    for text in ["", "GiB", "-1", "1e3", "0", "1TiB", "nan", "2 000"] { #expect(MemoryAmount(text: text) == nil) }
    for bytes in [1, 1000, 1024, 3 << 19, 4 << 30] { #expect(MemoryAmount(text: MemoryAmount(bytes: bytes).text)?.bytes == bytes) }
  }
}
