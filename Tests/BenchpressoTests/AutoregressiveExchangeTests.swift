import Foundation
import Images
import Testing
import Weights

/// Weights and payloads of the models with a context model from CompressAI, through the program.
struct AutoregressiveExchangeTests {
  static let names = ["mbt2018", "cheng2020-anchor", "cheng2020-attn"]

  private func done(_ folder: TestFolder, _ arguments: String...) throws -> Command.Result {
    let result = try Command(arguments, in: folder).run()
    #expect(result.status == 0, "\(result)")
    return result
  }

  private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

  @Test(arguments: ["mbt2018", "cheng2020-attn"])
  func payloadsAreVerified(name: String) throws {
    let folder = try TestFolder()
    let checkpoint = "\(ExchangeTests.fixtures)/\(name)/checkpoint.pth"
    let words = ["--architecture", name, "-o", "w.safetensors", "--verify", "\(ExchangeTests.fixtures)/\(name)"]
    let result = try Command(["import", "compressai", checkpoint] + words, in: folder).run()
    #expect(result.status == 0 && result.output.isEmpty, "\(result)")
    #expect(result.messages.contains("is decoded and gives decoded.png") && folder.has("w.safetensors"), "\(result)")
    _ = try done(folder, "export", "--ckpt_path", "w.safetensors", "--compressai", "-o", "back.pth")
    let (own, theirs) = (try WeightsFile.read("\(folder.path)/back.pth"), try WeightsFile.read(checkpoint))
    #expect(own.sortedByName().elementsEqual(theirs.sortedByName()) { $0 == $1 })
  }

  /// Not with `cheng2020-anchor`, whose payload hangs on the last bits of y and ψ, too; its serial part alone is held to CompressAI's bytes
  /// beside the models.
  @Test(arguments: ["mbt2018", "cheng2020-attn"])
  func payloadsAreThoseOfCompressAI(name: String) throws {
    let folder = try ExchangeTests.folder(name)
    _ = try done(folder, "encode", "\(ExchangeTests.fixtures)/\(name)/input.png", "--weights", "w.safetensors", "--payloads", "p")
    for file in ["string0.bin", "string1.bin"] {
      #expect(try folder.bytes("p/\(file)") == bytes("\(ExchangeTests.fixtures)/\(name)/\(file)"))
    }
  }

  @Test(arguments: names)
  func ownPayloadsAndFilesAreDecodedAlike(name: String) throws {
    let folder = try ExchangeTests.folder(name)
    try folder.add("odd.png", bytes: TestFolder.picture(side: 75))
    _ = try done(folder, "encode", "odd.png", "--weights", "w.safetensors", "--payloads", "p")
    _ = try done(folder, "decode", "--payloads", "p", "--weights", "w.safetensors", "-o", "own.png")
    _ = try done(folder, "encode", "odd.png", "odd.bps", "--weights", "w.safetensors")
    _ = try done(folder, "decode", "odd.bps", "file.png", "--weights", "w.safetensors")
    let picture = try ImageFile.read("\(folder.path)/own.png")
    #expect(picture.width == 75 && picture.height == 75)
    #expect(try picture.pixels == ImageFile.read("\(folder.path)/file.png").pixels)
  }

  /// What another order of sums has made another payload is refused, not decoded to something else.
  @Test func aPayloadThatHangsOnFusedOperationsIsRefused() throws {
    let folder = try TestFolder()
    let fixture = "\(ExchangeTests.fixtures)/cheng2020-anchor"
    let words = ["--architecture", "cheng2020-anchor", "-o", "w.safetensors", "--verify", fixture]
    let result = try Command(["import", "compressai", "\(fixture)/checkpoint.pth"] + words, in: folder).run()
    #expect(result.status == 1 && result.messages.hasPrefix("error: ") && !folder.has("w.safetensors"), "\(result)")
    #expect(result.messages.contains("cannot be decoded") || result.messages.contains("do not give"), "\(result)")
  }
}
