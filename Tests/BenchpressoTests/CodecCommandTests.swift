import Benchpresso
import Configuration
import Foundation
import Images
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
      "--qualities", "5", "--jobs", "1",
    ]
    let first = try command(folder, words + data).run()
    #expect(first.status == 1)
    #expect(first.messages.contains("failed: quality 5: cannot encode '1.png'"), "\(first.messages)")
    let partial = try ResultsFile.read("\(folder.path)/out/results.json")
    #expect(partial.points[0].images.map(\.name) == ["0.png", "2.png"])
    let sentence = "1 picture failed at some quality and is in the means of none, so that all are of the same pictures: '1.png'"
    #expect(partial.points[0].notes.contains(sentence) && first.messages.contains("warning: \(sentence)"))
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
    #expect(left.points.map(\.chromaFormat) == ["4:2:0", "4:2:0"])
    // There is no process whose start could be measured.
    #expect(right.points.allSatisfy { $0.encoderStartTime == nil && $0.decoderStartTime == nil })
    #expect(several.output.contains("chroma") && several.output.contains("4:2:0"))
  }

  /// A picture that fails at one quality is in the means of no other, and a quality at which all fail takes none away.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/sh")))
  func allPointsAreMeansOverTheSamePictures() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 2)
    try folder.add("pictures/wide.png", bytes: TestFolder.picture(side: 48))
    // At quality 7 the large picture fails, at 9 all do.
    try folder.add("encode.sh", "[ $3 != 9 ] && { [ $3 != 7 ] || [ $4 = 40 ]; } && cp $1 $2")
    let words = [
      "--codec", "Command", "--codec.encode", "/bin/sh encode.sh {input} {output} {quality} {width}", "--codec.decode",
      "/bin/cp {input} {output}", "--qualities", "5,7,9", "--jobs", "2",
    ]
    let run = try command(folder, words + data).run()
    #expect(run.status == 1)
    let results = try ResultsFile.read("\(folder.path)/out/results.json")
    #expect(results.points.map(\.label) == ["quality 5", "quality 7"])
    #expect(results.points.map { $0.images.map(\.name) } == [["0.png", "1.png"], ["0.png", "1.png"]])
    #expect(run.messages.contains("are of the same pictures: 'wide.png'"), "\(run.messages)")
    #expect(run.messages.split(separator: "\n").count { $0.hasPrefix("failed: quality 9") } == 3)
  }

  /// Times of pictures that are coded together and of those that are coded alone are not mixed, and an untimed one comes first.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/sh")))
  func timesAreMeasuredAloneAndTheStartApart() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 2)
    try folder.add("encode.sh", "echo $3 >> calls; cp $1 $2")
    let words = [
      "--codec", "Command", "--codec.encode", "/bin/sh encode.sh {input} {output} {width}", "--codec.decode", "/bin/cp {input} {output}",
      "--qualities", "5",
    ]
    func calls() throws -> [Substring] { try String(contentsOfFile: "\(folder.path)/calls", encoding: .utf8).split(separator: "\n") }
    #expect(try command(folder, words + data).run().status == 0)
    #expect(try calls() == ["40", "40"])
    #expect(try ResultsFile.read("\(folder.path)/out/results.json").points[0].encoderStartTime == nil)
    let timed = try command(folder, words + ["--time"] + data).run()
    #expect(timed.status == 0, "\(timed.messages)")
    // The warm-up, the two pictures, and the start six times.
    #expect(try calls().dropFirst(2) == ["40", "40", "40"] + [Substring](repeating: "64", count: 6))
    let point = try ResultsFile.read("\(folder.path)/out/results.json").points[0]
    #expect((point.encoderStartTime ?? 0) > 0 && (point.decoderStartTime ?? 0) > 0)
    #expect(timed.output.contains("enc. start [s]"))
    let table = try String(contentsOfFile: "\(folder.path)/out/results.csv", encoding: .utf8)
    #expect(table.contains("chroma_format,encoder_start_time,decoder_start_time"))
  }

  /// The first Ctrl-C waits for the pictures that are being coded, the second ends their programs, too.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat")))
  func theSecondInterruptionEndsThePrograms() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 1)
    try folder.add("encode.sh", "sleep 300 & echo $! > child; wait; cp $1 $2")
    let words = [
      "--codec", "Command", "--codec.encode", "/bin/sh encode.sh {input} {output}", "--codec.decode", "/bin/cp {input} {output}",
      "--qualities", "5",
    ]
    let running = try command(folder, words + data).start()
    var child: Int32?
    running.wait {
      child = (try? String(contentsOfFile: "\(folder.path)/child", encoding: .utf8)).flatMap {
        $0.hasSuffix("\n") ? Int32($0.dropLast()) : nil
      }
      return child != nil
    }
    let number = try #require(child)
    func isGone() -> Bool {
      let state = (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)) ?? ""
      return state.isEmpty || state.contains(") Z ")
    }
    kill(running.process.processIdentifier, SIGINT)
    let patience = ContinuousClock.now + .milliseconds(500)
    running.wait { ContinuousClock.now > patience }
    #expect(running.process.isRunning && !isGone())
    kill(running.process.processIdentifier, SIGINT)
    #expect(try running.result().status == 128 + SIGINT)
    for _ in 0..<500 where !isGone() { usleep(10_000) }
    #expect(isGone())
  }

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
    let software = try command(folder, ["--codec", "HM", "--codec.configuration", "x.cfg", "--qualities", "30,52"] + data).run()
    #expect(software.messages.contains("is the QP and must be in 0 ... 51, found 52"), "\(software.messages)")
    let none = try command(folder, data).run()
    #expect(none.status == 2 && none.messages.contains("codec needs --codec"))
  }

  /// One base and a curve of residuals, of a classical and of a learned base.
  @Test(arguments: ["JPEG", "Learned"])
  func aResidualOnOneBase(base: String) throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 2, side: 96)
    let weights = "\(ConfigurationFilesTests.root)/weights/quickstart/lambda-0.0018.safetensors"
    let words =
      ["--codec", "Residual", "--codec.base", base]
      + (base == "Learned" ? ["--codec.base.weights", weights] : ["--codec.base.quality", "10"])
    let run = try command(folder, words + ["--qualities", "0,20,60,95", "--jobs", "2"] + data).run()
    #expect(run.status == 0, "\(run.messages)")
    let results = try ResultsFile.read("\(folder.path)/out/results.json")
    #expect(results.points.map(\.label) == ["residual quality 0", "residual quality 20", "residual quality 60", "residual quality 95"])
    let (rates, qualities) = (results.points.map(\.bppFile), results.points.compactMap(\.psnr))
    #expect(rates == rates.sorted() && qualities == qualities.sorted() && rates[0] < rates[3] && qualities[0] < qualities[3])
    #expect(run.output.contains("residual quality 0"), "\(run.output)")
    let again = try command(folder, words + ["--qualities", "0,20,60,95"] + data).run()
    #expect(again.messages.contains("8 measurements were in out/journal.jsonl already"), "\(again.messages)")
    let range = try command(folder, words + ["--qualities", "101"] + data).run()
    #expect(range.status == 2 && range.messages.contains("or 0 for the base alone, found 101"), "\(range.messages)")
    let found = try Command(
      ["find", "--codec", "codecs.Residual", "--target-psnr", "30", "pictures/0.png", "-o", "a.bpr"], in: folder
    ).run()
    #expect(found.status == 0 && found.output.hasPrefix("residual quality "), "\(found)")
    // What 'find' wrote has the default codecs.
    let bare = try Command(["decode", "a.bpr", "a.png"], in: folder).run()
    #expect(bare.status == 2 && bare.messages.contains("'a.bpr' was written by codecs.Residual") && !folder.has("a.png"), "\(bare)")
    let decoded = try Command(["decode", "--codec", "codecs.Residual", "a.bpr", "a.png"], in: folder).run()
    #expect(decoded.status == 0, "\(decoded)")
    let (image, original) = (try ImageFile.read("\(folder.path)/a.png"), try ImageFile.read("\(folder.path)/pictures/0.png"))
    let squares = zip(image.pixels, original.pixels).reduce(0.0) { $0 + Double((Int($1.0) - Int($1.1)) * (Int($1.0) - Int($1.1))) }
    #expect(image.width == 96 && squares / Double(image.pixels.count) < 68, "29.8 dB")
    // The study's configuration has another base, with another name in the checksum.
    let other = try Command(["decode", "--codec", "out/config.yaml", "a.bpr", "b.png"], in: folder).run()
    #expect(base == "JPEG" ? other.status == 0 : other.status == 1 && other.messages.contains("decode it with the codecs that wrote it"))
    let weighted = try Command(["decode", "--codec", "codecs.Residual", "--weights", "x", "a.bpr", "b.png"], in: folder).run()
    #expect(weighted.status == 2 && weighted.messages.contains("--weights belong to .bps files"), "\(weighted)")
  }

  @Test func aLearnedCodecNeedsWeightsAndIsNoAnchor() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 1)
    let none = try command(folder, ["--codec", "Residual", "--codec.base", "Learned"] + data).run()
    #expect(none.status == 2 && none.messages.contains("expected the weights of a model, for example zoo:quickstart/"), "\(none.messages)")
    let zoo = try command(folder, ["--codec", "Residual", "--codec.base", "Learned", "--codec.base.weights", "zoo:nothing"] + data).run()
    #expect(zoo.status == 2 && zoo.messages.contains("nothing"), "\(zoo.messages)")
    let residual = try command(
      folder, ["--codec", "Residual", "--codec.residual", "Learned", "--codec.residual.weights", "zoo:quickstart/lambda-0.0018"] + data
    ).run()
    #expect(residual.status == 2 && residual.messages.contains("take a classical codec such as codecs.JPEG"), "\(residual.messages)")
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
