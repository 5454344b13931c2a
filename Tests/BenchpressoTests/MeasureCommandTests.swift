import Foundation
import Results
import SafeFiles
import Testing

@testable import Benchpresso

/// `benchpresso measure latency` and `throughput`.
struct MeasureCommandTests {
  private let small = "small=models.FactorizedPrior,channels=4,expansion_channels=6"
  private let relu = "relu=models.FactorizedPrior,channels=4,expansion_channels=6,activation=ReLU"
  private let quick = ["--threads", "1", "--no-plots", "--warm-up", "1", "-o", "out"]

  private func run(_ words: [String], in folder: TestFolder) throws -> Command.Result { try Command(["measure"] + words, in: folder).run() }

  private func file(_ folder: TestFolder, _ name: String = "out") throws -> TimingFile {
    try TimingFile(json: FileBytes.read("\(folder.path)/\(name)/timing.json"), name: "timing.json")
  }

  @Test func modelsAndCodecsAreMeasured() throws {
    let folder = try TestFolder()
    let words = ["latency", small, relu, "codecs.JPEG", "--sizes", "32,48x32", "--repetitions", "6", "--what", "stages"] + quick
    let result = try run(words, in: folder)
    #expect(result.status == 0, "\(result)")
    #expect(result.messages.contains("'small' has random weights (seed 0)"), "\(result.messages)")
    #expect(result.output.hasPrefix("variant") && result.output.contains("small") && result.output.contains("48×32"))
    let file = try file(folder)
    #expect(file.measurement == "latency" && file.variants.map(\.name) == ["small", "relu", "jpeg-420"])
    #expect(file.variants[0].group == "N = 4, M = 6" && file.variants[2].group == nil && file.variants[0].weights == "random, seed 0")
    #expect((file.variants[0].parameterCount ?? 0) > 1000 && file.variants[2].parameterCount == nil)
    #expect(file.points.count == 6 && file.points.allSatisfy { $0.outcome == .measured && $0.rounds == [0, 1, 2, 3, 4, 5] })
    #expect(file.points[0].encoding?.stages.map(\.stage) == ["conversion", "analysis", "entropy_coding"])
    #expect((file.points[0].peakMemoryBytes ?? 0) > 1 << 20 && (file.points[0].bitsPerPixel ?? 0) > 0)
    #expect(file.sessions.count == 1 && file.sessions[0].ended != nil && file.environment.threads == 1)
    // Three pairs of each of two sizes and directions.
    #expect(file.comparisons.count == 12)
    for name in ["timing.csv", "samples.csv", "journal.jsonl"] { #expect(folder.has("out/\(name)")) }
    // A second call makes a folder of its own; with --resume nothing is measured again.
    let again = try run(words, in: folder)
    #expect(again.status == 0 && folder.has("out_1/timing.json"), "\(again)")
    let resumed = try run(words + ["--resume"], in: folder)
    #expect(resumed.status == 0 && resumed.messages.contains("6 points were in out/journal.jsonl already"), "\(resumed)")
    #expect(try self.file(folder).sessions.count == 2)
  }

  @Test func throughputIsMeasuredInBatches() throws {
    let folder = try TestFolder()
    let words = ["throughput", small, "--sizes", "32", "--batch-sizes", "1,3", "--repetitions", "1", "--what", "transform"] + quick
    let result = try run(words + ["--format", "csv"], in: folder)
    #expect(result.status == 0, "\(result)")
    #expect(result.output.hasPrefix("variant,class_path,group"))
    let file = try file(folder)
    #expect(file.points.map(\.batchSize) == [1, 3] && file.points.allSatisfy { $0.bitsPerPixel == nil })
    #expect(file.points[1].encodingMultiplyAccumulates == file.points[0].encodingMultiplyAccumulates.map { $0 * 3 })
  }

  @Test func trainedWeightsAndPhotographs() throws {
    let folder = try Tiny.trainedFolder()
    let words = ["latency", Tiny.last, "--photographs", "pictures", "--sizes", "32", "--repetitions", "2"] + quick
    let result = try run(words, in: folder)
    #expect(result.status == 0 && !result.messages.contains("random weights"), "\(result)")
    let file = try file(folder)
    #expect(file.variants[0].weights?.hasSuffix(Tiny.last) == true && file.variants[0].name == "last")
    #expect(file.procedure.pictures.hasPrefix("4 photographs"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/statm")))
  func aPointWithoutMemoryIsRecordedAndTheSweepGoesOn() throws {
    let folder = try TestFolder()
    let words = ["latency", "big=models.FactorizedPrior,channels=192,expansion_channels=8", "codecs.JPEG", "--sizes", "1024,64"]
    let result = try run(words + ["--repetitions", "1", "--memory-limit", "500M"] + quick, in: folder)
    #expect(result.status == 1, "\(result)")
    let points = try file(folder).points
    #expect(points.map(\.outcome) == [.outOfMemory, .measured, .measured, .measured], "\(points.map(\.reason))")
    #expect(result.messages.contains("failed: big, 1024×1024, batch 1: "), "\(result.messages)")
  }

  @Test func controlCKeepsWhatIsMeasured() throws {
    let folder = try TestFolder()
    let words = ["latency", small, relu, "--sizes", "32", "--repetitions", "100000"] + quick
    let running = try Command(["measure"] + words, in: folder).start()
    running.wait { folder.has("out/journal.jsonl") }
    usleep(3_000_000)
    kill(running.process.processIdentifier, SIGINT)
    let result = try running.result()
    #expect(result.status == 130 && result.messages.contains("with --resume -o out goes on"), "\(result)")
    let points = try file(folder).points
    guard !points.isEmpty else { return }
    #expect(points.allSatisfy { $0.outcome == .stopped && !$0.rounds.isEmpty })
    let rounds = points[0].rounds
    let fewer = words.map { $0 == "100000" ? "\(rounds.count + 2)" : $0 }
    let resumed = try run(fewer + ["--resume"], in: folder)
    #expect(resumed.status == 0, "\(resumed)")
    let now = try file(folder).points[0]
    #expect(now.rounds.count == rounds.count + 2 && Array(now.rounds.prefix(rounds.count)) == rounds && now.sessions.suffix(2) == [1, 1])
  }

  @Test func theCheckpointOfAConfigurationIsTaken() throws {
    let folder = try Tiny.trainedFolder()
    let result = try run(["latency", "tiny.yaml,ckpt_path=last", "--sizes", "32", "--repetitions", "1"] + quick, in: folder)
    #expect(result.status == 0, "\(result)")
    #expect(try file(folder).variants[0].weights?.hasSuffix("last.ckpt") == true)
    #expect(try file(folder).variants[0].name == "tiny")
  }

  /// Mistakes, and what is said about them before anything is measured.
  static let mistakes: [([String], String)] = [
    ([], "error: name what is to be measured: a configuration, weights or a class path, for example models.FactorizedPrior"),
    (["no.yaml"], "error: no.yaml: no such file or folder"),
    (["no/weights"], "error: there is no file 'no/weights' (no such file or folder)"),
    (["models.Nope"], "there is no"),
    (["a=models.FactorizedPrior", "a=models.FactorizedPriorReLU"], "error: two variants are called 'a'; give one another name"),
    (["models.FactorizedPrior,channel=3"], "error: --model.channel: unknown option; did you mean --model.channels?"),
    (["models.FactorizedPrior,channels"], "'channels' is no setting; write KEY=VALUE, for example channels=192"),
    (["=models.FactorizedPrior"], "write NAME=FILE, NAME=CLASS or either alone"),
    (["codecs.JPEG", "--what", "transform"], "error: 'jpeg-420' has no networks that could be timed alone; use --what codec"),
    (["codecs.JPEG", "--sizes", "12..a"], "The value '12..a' is invalid for '--sizes <list>'"),
    (["codecs.JPEG", "--batch-sizes", "0"], "The value '0' is invalid for '--batch-sizes <list>'"),
    (["codecs.JPEG", "--memory-limit", "much"], "The value 'much' is invalid for '--memory-limit <size>'"),
    (["codecs.JPEG", "--until-stable", "200%"], "The value '200%' is invalid for '--until-stable <share>'"),
    (["codecs.JPEG", "--repetitions", "0"], "--repetitions and --most-repetitions must be 1 or more"),
    (["codecs.JPEG", "--budget", "0"], "--budget and --time-limit must be more than 0 seconds"),
    (["codecs.JPEG", "--retry"], "--retry needs --resume"),
    (["codecs.JPEG", "--resume"], "error: there is nothing to go on with in 'runs/latency'; name the folder of the results with -o"),
    (["codecs.JPEG", "--photographs", "nowhere"], "nowhere"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreTold(_ words: [String], _ message: String) throws {
    let folder = try TestFolder()
    let result = try run(["latency"] + words, in: folder)
    #expect(result.status == 2 || (result.status == 1 && words.contains("--photographs")), "\(result)")
    #expect(result.messages.contains(message), "\(result.messages)")
    #expect(!folder.has("runs"))
  }

  @Test func aCodecWhoseProgramIsMissingIsNamed() throws {
    let folder = try TestFolder()
    let result = try run(["latency", "codecs.WebP,encoder=no-such-program", "--sizes", "16"] + quick, in: folder)
    #expect(result.status == 1 && result.messages.contains("'webp' cannot be measured: "), "\(result)")
    #expect(result.messages.contains("install the Debian package webp"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/cp")))
  func theStartOfProgramsIsMeasuredApart() throws {
    let folder = try TestFolder()
    try folder.addScript("codec", "[ \"$1\" = --version ] && { echo 1.0; exit; }; cp \"$1\" \"$2\"")
    let words = ["latency", "mine=codecs.Command,encode=./codec {input} {output},decode=./codec {input} {output}", "--sizes", "16"]
    let result = try run(words + ["--repetitions", "2"] + quick, in: folder)
    #expect(result.status == 0, "\(result)")
    // A codec that declares no way to say its version has no such number.
    #expect(try file(folder).points[0].encodingStart == nil)
  }

  @Test func listsOfSizesAreRead() {
    func sides(_ text: String) -> [[Int]]? { SizeList(argument: text)?.sizes.map { [$0.width, $0.height] } }
    #expect(sides("256..1024:128")?.map { $0[0] } == [256, 384, 512, 640, 768, 896, 1024])
    #expect(sides("64,768x512,10..20:4") == [[64, 64], [768, 512], [10, 10], [14, 14], [18, 18]])
    for wrong in ["", "0", "a", "5..1:2", "1..5:0", "1..5", "64,", "-3", "1..9999999999:1"] { #expect(sides(wrong) == nil, "\(wrong)") }
    #expect(SizeList.thesis == SizeList(argument: "256..1024:128"))
    #expect(CountList.thesis == CountList(argument: "2,4,8,10,12,14,16") && CountList(argument: "1,x") == nil)
    #expect(ShareArgument(argument: "2%")?.share == 0.02 && ShareArgument(argument: "0.5")?.share == 0.5)
    for wrong in ["", "%", "0", "-1%", "101%", "nan"] { #expect(ShareArgument(argument: wrong) == nil, "\(wrong)") }
    #expect(ByteArgument(argument: "800M")?.bytes == 800 << 20 && ByteArgument(argument: "1.5GiB")?.bytes == 3 << 29)
    #expect(ByteArgument(argument: "4g")?.bytes == 4 << 30 && ByteArgument(argument: "1000")?.bytes == 1000)
    for wrong in ["", "G", "0", "-1G", "5X", "1e9G"] { #expect(ByteArgument(argument: wrong) == nil, "\(wrong)") }
  }

  @Test func wordsAreTakenApart() throws {
    let words = try VariantWords("a=models.X,channels=3,activation={class_path: GDN, init_args: {beta_min: 1}}")
    #expect(words.name == "a" && words.subject == "models.X" && words.settings.map(\.path) == ["channels", "activation"])
    #expect(words.settings[1].value == "{class_path: GDN, init_args: {beta_min: 1}}")
    #expect(try VariantWords("configs/a.yaml").name == nil)
  }
}
