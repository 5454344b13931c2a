import Benchpresso
import Configuration
import Foundation
import Registry
import Results
import Testing

/// `benchpresso codec` and `benchpresso find`.
struct CodecCommandTests {
  private func command(_ folder: TestFolder, _ words: [String]) -> Command { Command(["codec"] + words, in: folder) }
  private let data = ["--data", "ImageFolder", "--data.data_dir", "pictures", "--data.transform", "NoCrop", "-o", "out"]

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/sh")))
  func aPictureThatFailsIsNamedAndTheOthersGoOn() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 3)
    // The second call of all breaks.
    try folder.add("encode.sh", "echo x >> calls; [ $(wc -l < calls) != 2 ] || exit 3; cp $1 $2")
    let words = [
      "--codec", "Command", "--codec.encode", "/bin/sh encode.sh {input} {output}", "--codec.decode", "/bin/cp {input} {output}",
      "--qualities", "5", "--time",
    ]
    let first = try command(folder, words + data).run()
    #expect(first.status == 1)
    #expect(first.messages.contains("failed: quality 5: cannot encode '1.png'"), "\(first.messages)")
    let partial = try ResultsFile.read("\(folder.path)/out/results.json")
    #expect(partial.points[0].images.map(\.name) == ["0.png", "2.png"])
    #expect(partial.points[0].notes.contains { $0.contains("1 pictures failed") })
    // Only what failed is done again.
    let second = try command(folder, words + data).run()
    #expect(second.status == 0, "\(second.messages)")
    #expect(second.messages.contains("2 measurements were in out/journal.jsonl already"))
    let calls = try String(contentsOfFile: "\(folder.path)/calls", encoding: .utf8).split(separator: "\n").count
    #expect(calls == 4)
    #expect(try ResultsFile.read("\(folder.path)/out/results.json").points[0].images.count == 3)
    // A cut journal is read as far as it goes.
    let journal = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/out/journal.jsonl"))
    try journal.dropLast(20).write(to: URL(fileURLWithPath: "\(folder.path)/out/journal.jsonl"))
    let third = try command(folder, words + data).run()
    #expect(third.status == 0)
    #expect(try String(contentsOfFile: "\(folder.path)/calls", encoding: .utf8).split(separator: "\n").count == 5)
  }

  @Test func jpegInSeveralThreadsEqualsOne() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 4, side: 170)
    let several = try command(folder, ["--codec", "JPEG", "--qualities", "20,80", "--jobs", "3"] + data).run()
    #expect(several.status == 0, "\(several.messages)")
    let one = try command(folder, ["--codec", "JPEG", "--qualities", "20,80", "--time"] + data.dropLast() + ["one"]).run()
    #expect(one.status == 0, "\(one.messages)")
    let (left, right) = (
      try ResultsFile.read("\(folder.path)/out/results.json"), try ResultsFile.read("\(folder.path)/one/results.json")
    )
    #expect(left.points.map(\.label) == ["quality 20", "quality 80"])
    #expect(left.points.map(\.bppFile) == right.points.map(\.bppFile) && left.points.map(\.psnr) == right.points.map(\.psnr))
    #expect(left.points[0].bppFile < left.points[1].bppFile)
    guard case .object(let settings) = left.points[0].model?.settings else { throw Mistaken() }
    #expect(settings["chroma_format"] == .string("4:2:0"))
  }

  private struct Mistaken: Error {}

  @Test func findMeetsARate() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 1, side: 200)
    let found = try Command(
      ["find", "--codec", "codecs.JPEG", "--target-bpp", "2", "pictures/0.png", "-o", "a.jpg", "--format", "json"], in: folder
    ).run()
    #expect(found.status == 0, "\(found.messages)")
    let size = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/a.jpg")).count
    #expect(abs(Double(size * 8) / 40_000 - 2) < 0.4)
    let none = try Command(["find", "--codec", "codecs.JPEG", "pictures/0.png"], in: folder).run()
    #expect(none.status == 2)
    #expect(none.messages.contains("--target-bpp 0.25 or --target-psnr 32"))
  }

  @Test func whatIsWrongIsToldBeforeAnythingIsDone() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 1)
    let range = try command(folder, ["--codec", "JPEG", "--qualities", "20,300"] + data).run()
    #expect(range.status == 2)
    #expect(range.messages.contains("must be in 1 ... 100, found 300"), "\(range.messages)")
    let missing = try command(folder, ["--codec", "WebP", "--codec.encoder", "no-such-program"] + data).run()
    #expect(missing.status == 1)
    #expect(missing.messages.contains("install the Debian package webp"))
    let none = try command(folder, data).run()
    #expect(none.status == 2 && none.messages.contains("codec needs --codec"))
  }

  static let configurations = ConfigurationFilesTests.allCodecs

  @Test(arguments: configurations)
  func everyShippedConfigurationIsAStudy(name: String) throws {
    let request = ConfigurationRequest(items: [.file("\(ConfigurationFilesTests.root)/configs/codecs/\(name)")])
    var composition = Composition(request, root: CodecStudy.self, catalogue: try BuiltIn.catalogue())
    let study = try composition.decode(CodecStudy.self)
    #expect(study.qualities.count >= 5)
  }
}
