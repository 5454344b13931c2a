import Foundation
import Images
import Testing

/// `--stream-form` and `test.stream_form`: interleaved files are decoded without an option, and CompressAI gets none.
struct StreamFormCommandTests {
  private func done(_ folder: TestFolder, _ arguments: [String]) throws -> Command.Result {
    let result = try Command(arguments, in: folder).run()
    #expect(result.status == 0, "\(result)")
    return result
  }

  @Test(arguments: ["bmshj2018-factorized", "mbt2018-mean", "mbt2018"])
  func filesSayHowTheyAreRead(name: String) throws {
    let folder = try ExchangeTests.folder(name)
    try folder.add("p.png", bytes: TestFolder.picture(side: 90))
    let common = ["--weights", "w.safetensors", "--threads", "1"]
    _ = try done(folder, ["encode", "p.png", "plain.bps"] + common)
    _ = try done(folder, ["encode", "p.png", "same.bps", "--stream-form", "compatible"] + common)
    _ = try done(folder, ["encode", "p.png", "turns.bps", "--stream-form", "interleaved"] + common)
    #expect(try folder.bytes("plain.bps") == folder.bytes("same.bps"))
    let text = try done(folder, ["inspect", "turns.bps"]).output
    #expect(text.contains("version         4\n") && text.contains("streams         interleaved, "), "\(text)")
    let json = try done(folder, ["inspect", "turns.bps", "--format", "json"]).output
    #expect(json.replacing(" ", with: "").contains("\"stream_form\":\"interleaved\""), "\(json)")
    _ = try done(folder, ["decode", "plain.bps", "plain.png"] + common)
    _ = try done(folder, ["decode", "turns.bps", "turns.png"] + common)
    #expect(try folder.bytes("plain.png") == folder.bytes("turns.png"))
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    let folder = try ExchangeTests.folder("bmshj2018-factorized")
    try folder.add("p.png", bytes: TestFolder.picture(side: 70))
    let weights = ["--weights", "w.safetensors"]
    let payloads = try Command(["encode", "p.png", "--payloads", "p", "--stream-form", "interleaved"] + weights, in: folder).run()
    #expect(payloads.status == 1 && !folder.has("p"), "\(payloads)")
    #expect(payloads.messages.contains("CompressAI does not read interleaved streams"), "\(payloads)")
    let unknown = try Command(["encode", "p.png", "p.bps", "--stream-form", "twisted"] + weights, in: folder).run()
    #expect(unknown.status == 2 && unknown.messages.contains("compatible") && !folder.has("p.bps"), "\(unknown)")
    // A form of a later program, in a file whose checksum is right.
    _ = try done(folder, ["encode", "p.png", "turns.bps", "--stream-form", "interleaved"] + weights)
    var bytes = try folder.bytes("turns.bps")
    let identity = Int(bytes[4])
    let place = 5 + identity + 8 + 2
    #expect(bytes[3] == 4 && bytes[place] == 1)
    bytes[place] = 9
    try folder.add("later.bps", bytes: bytes)
    let later = try Command(["decode", "later.bps", "later.png"] + weights, in: folder).run()
    #expect(later.status == 1 && later.messages.contains("the streams in 'later.bps' have the form 9"), "\(later)")
  }

  @Test func testMeasuresInterleavedStreams() throws {
    struct Results: Decodable {
      struct Point: Decodable {
        let psnr: Double
        let bppPayload: Double
      }
      let points: [Point]
    }
    let folder = try Tiny.trainedFolder()
    try folder.addPictures("photos", count: 2, side: 100)
    let words = ["test", "--ckpt_path", Tiny.last, "--data.data_dir", "photos", "--data.transform", "transform.NoCrop", "--format", "json"]
    func point(_ more: [String]) throws -> Results.Point {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try #require(decoder.decode(Results.self, from: Data(done(folder, words + more).output.utf8)).points.first)
    }
    let (plain, turns) = (try point([]), try point(["--test.stream_form", "interleaved"]))
    #expect(plain.psnr == turns.psnr)
    // 24 bytes more, give or take a word or three, for each picture.
    #expect(abs((turns.bppPayload - plain.bppPayload) * 1250 - 24) <= 12, "\(plain), \(turns)")
    let wrong = try Command(words + ["--test.stream_form", "twisted"], in: folder).run()
    #expect(wrong.status != 0 && wrong.messages.contains("test.stream_form") && wrong.messages.contains("interleaved"), "\(wrong)")
  }
}
