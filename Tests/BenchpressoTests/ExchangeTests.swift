import Foundation
import Images
import Testing
import Weights

/// Weights and payloads to and from CompressAI, through the program.
struct ExchangeTests {
  static let names = ["bmshj2018-factorized", "bmshj2018-factorized-relu", "bmshj2018-hyperprior", "mbt2018-mean"]
  static let fixtures =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/compressai"
  /// A Python with compressai 1.2.8, where the machine has one.
  static let python = ProcessInfo.processInfo.environment["COMPRESSAI_PYTHON"]

  /// A folder with `w.safetensors`, the imported weights of a fixture.
  static func folder(_ name: String, _ more: String...) throws -> TestFolder {
    let folder = try TestFolder()
    let result = try Command(
      ["import", "compressai", "\(fixtures)/\(name)/checkpoint.pth", "--architecture", name, "-o", "w.safetensors"] + more, in: folder
    ).run()
    #expect(result.status == 0 && result.output.isEmpty, "\(result)")
    return folder
  }

  private static func pixels(_ path: String) throws -> [UInt8] { try ImageFile.read(path).pixels }

  /// Equal but for the last bits of what is rounded to 8 bits: at most one sample in a thousand differs, by one level.
  private static func expectSame(_ path: String, _ picture: [UInt8]) throws {
    let differences = zip(try pixels(path), picture).map { abs(Int($0) - Int($1)) }
    #expect(differences.count == picture.count && differences.allSatisfy { $0 <= 1 })
    #expect(differences.filter { $0 > 0 }.count * 1000 <= picture.count)
  }

  private func done(_ folder: TestFolder, _ arguments: String...) throws -> Command.Result {
    let result = try Command(arguments, in: folder).run()
    #expect(result.status == 0, "\(result)")
    return result
  }

  struct Shape: Decodable {
    let shape: [Int]
    var width: Int?
    var height: Int?
    var padding: [String: Int]?
  }

  @Test(arguments: names)
  func payloadsAreThoseOfCompressAI(name: String) throws {
    let fixture = "\(Self.fixtures)/\(name)"
    let folder = try Self.folder(name)
    _ = try done(folder, "encode", "\(fixture)/input.png", "--weights", "w.safetensors", "--payloads", "p")
    let count = name.contains("factorized") ? 1 : 2
    for index in 0..<count {
      #expect(try folder.bytes("p/string\(index).bin") == [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(fixture)/string\(index).bin"))))
    }
    #expect(!folder.has("p/string\(count).bin"))
    let shape = try JSONDecoder().decode(Shape.self, from: Data(folder.bytes("p/shape.json")))
    let expected = try JSONDecoder().decode(Shape.self, from: Data(contentsOf: URL(fileURLWithPath: "\(fixture)/expected.json")))
    #expect(shape.shape == expected.shape && shape.width == 192 && shape.height == 128)

    let picture = try Self.pixels("\(fixture)/decoded.png")
    _ = try done(folder, "decode", "--payloads", "p", "--weights", "w.safetensors", "-o", "own.png")
    try Self.expectSame("\(folder.path)/own.png", picture)
    // CompressAI's folder says nothing but the payloads.
    _ = try done(folder, "decode", "--payloads", fixture, "--size", "192x128", "--weights", "w.safetensors", "-o", "theirs.png")
    try Self.expectSame("\(folder.path)/theirs.png", picture)
  }

  @Test(arguments: names)
  func weightsComeBackAsTheyWere(name: String) throws {
    let folder = try Self.folder(name, "--verify", "\(Self.fixtures)/\(name)")
    _ = try done(folder, "export", "--ckpt_path", "w.safetensors", "--compressai", "-o", "back.pth")
    let (own, theirs) = (try WeightsFile.read("\(folder.path)/back.pth"), try WeightsFile.read("\(Self.fixtures)/\(name)/checkpoint.pth"))
    #expect(own.sortedByName().elementsEqual(theirs.sortedByName()) { $0 == $1 })
  }

  @Test(.enabled(if: python != nil, "COMPRESSAI_PYTHON names no Python with compressai"), arguments: names)
  func compressAIDoesTheSame(name: String) throws {
    let fixture = "\(Self.fixtures)/\(name)"
    let folder = try Self.folder(name)
    _ = try done(folder, "export", "--ckpt_path", "w.safetensors", "--compressai", "-o", "back.pth")
    try folder.add("odd.png", bytes: TestFolder.picture(side: 75))
    for picture in ["\(fixture)/input.png", "\(folder.path)/odd.png"] {
      let payloads = "p-\((picture as NSString).lastPathComponent)"
      _ = try done(folder, "encode", picture, "--weights", "w.safetensors", "--payloads", payloads)
      _ = try done(folder, "decode", "--payloads", payloads, "--weights", "w.safetensors", "-o", "own.png")
      var python = Command(["\(Self.fixtures)/exchange.py", name, "back.pth", picture, payloads, "own.png"], in: folder)
      python.program = Self.python ?? ""
      let result = try python.run()
      #expect(result.status == 0 && result.output == "same\n", "\(result)")
    }
  }

  @Test func picturesOfAnySizeArePadded() throws {
    let folder = try Self.folder("bmshj2018-factorized")
    try folder.add("odd.png", bytes: TestFolder.picture(side: 75))
    _ = try done(folder, "encode", "odd.png", "--weights", "w.safetensors", "--payloads", "p")
    let shape = try JSONDecoder().decode(Shape.self, from: Data(folder.bytes("p/shape.json")))
    #expect(shape.shape == [8, 8] && shape.padding == ["left": 26, "top": 26, "right": 27, "bottom": 27])
    _ = try done(folder, "decode", "--payloads", "p", "--weights", "w.safetensors", "-o", "own.png")
    let picture = try ImageFile.read("\(folder.path)/own.png")
    #expect(picture.width == 75 && picture.height == 75)
  }

  /// The file says which model it is of, and with which λ it was trained where that was said.
  @Test func importedWeightsSuffice() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 1)
    let checkpoint = "\(Self.fixtures)/mbt2018-mean/checkpoint.pth"
    let words = ["--lambda", "0.0483", "--update", "--format", "json"]
    let imported = try Command(
      ["import", "compressai", checkpoint, "--architecture", "mbt2018-mean", "--output", "w.safetensors"] + words, in: folder
    ).run()
    #expect(imported.status == 0 && imported.output.contains("\"tables\" : \"computed\""), "\(imported)")
    #expect(imported.messages.contains("models.MeanScaleHyperprior"), "\(imported)")
    let result = try Command(
      [
        "test", "--ckpt_path", "w.safetensors", "--data", "ImageFolder", "--data.data_dir", "pictures", "--data.transform", "NoCrop",
        "--format", "json",
      ], in: folder
    ).run()
    #expect(result.status == 0 && result.output.contains("0.0483"), "\(result)")
  }

  /// CompressAI would take 1DN for GDN, whose tensors have the same names.
  @Test(arguments: [("nonlinearity.GDN", ""), ("nonlinearity.OneDN", "other settings than CompressAI's bmshj2018-factorized (activation)")])
  func modelsThatCompressAIHasNotAreNoted(activation: String, note: String) throws {
    let folder = try Tiny.folder()
    _ = try done(folder, "fit", "--config", "tiny.yaml", "--model.activation", activation)
    let result = try done(folder, "export", "--ckpt_path", Tiny.last, "--compressai", "--half", "-o", "back.pth")
    #expect(result.messages.contains("note: ") == !note.isEmpty && (note.isEmpty || result.messages.contains(note)), "\(result)")
    #expect(try WeightsFile.read("\(folder.path)/back.pth")["g_a.0.weight"]?.type == .float16)
  }

  /// A checkpoint as older versions wrote it, from a training on several devices that computed no tables.
  @Test func oldCheckpointsAreRead() throws {
    let name = "bmshj2018-hyperprior"
    let folder = try TestFolder()
    let tensors = try WeightsFile.read("\(Self.fixtures)/\(name)/checkpoint.pth")
    let old = tensors.filter { tensor in !["_quantized_cdf", "_offset", "_cdf_length"].contains { tensor.name.hasSuffix($0) } }.map {
      (name: "module." + $0.name.replacing("matrices.", with: "_matrices.").replacing("factors.", with: "_factor"), tensor: $0.tensor)
    }
    try TorchCheckpoint.write(StoredTensors(old), to: "\(folder.path)/old.pth.tar")
    let words = ["old.pth.tar", "--architecture", name, "-o", "w.safetensors", "--verify", "\(Self.fixtures)/\(name)"]
    let result = try Command(["import", "compressai"] + words, in: folder).run()
    #expect(result.status == 0 && result.messages.contains("note: the coder's tables were computed"), "\(result)")
    #expect(result.messages.contains("gives decoded.png"), "\(result)")
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let architecture: String
    let of: String
    let says: [String]
    var status: Int32 = 1
    var testDescription: String { "\(of) as \(architecture)" }
  }

  @Test(arguments: [
    Mistake(
      architecture: "mbt2018-mean", of: "bmshj2018-hyperprior",
      says: ["is not of the architecture 'mbt2018-mean': shapes differ: h_s.", "it is of 'bmshj2018-hyperprior'"]),
    Mistake(
      architecture: "bmshj2018-factorized-relu", of: "bmshj2018-factorized",
      says: ["it holds g_a.1.", "which the model has not", "it is of 'bmshj2018-factorized'"]),
    Mistake(architecture: "bmshj2018-factorized", of: "mbt2018-mean", says: ["it holds h_a.0.weight", "it is of 'mbt2018-mean'"]),
    Mistake(
      architecture: "mbt2018-maen", of: "mbt2018-mean", says: ["--architecture: there is no 'mbt2018-maen'; did you mean 'mbt2018-mean'?"],
      status: 2),
  ])
  func wrongArchitectures(mistake: Mistake) throws {
    let folder = try TestFolder()
    let checkpoint = "\(Self.fixtures)/\(mistake.of)/checkpoint.pth"
    let result = try Command(
      ["import", "compressai", checkpoint, "--architecture", mistake.architecture, "-o", "w.safetensors"], in: folder
    ).run()
    #expect(result.status == mistake.status && result.output.isEmpty && !folder.has("w.safetensors"), "\(result)")
    for words in mistake.says { #expect(result.messages.contains(words), "\(result.messages)") }
    #expect(result.messages.split(separator: "\n").count == 1, "\(result.messages)")
  }

  @Test func payloadsOfOtherWeightsAreFound() throws {
    let folder = try TestFolder()
    let result = try Command(
      [
        "import", "compressai", "\(Self.fixtures)/bmshj2018-factorized/checkpoint.pth", "--architecture", "bmshj2018-factorized",
        "-o", "w.safetensors", "--verify", "\(Self.fixtures)/bmshj2018-factorized-relu",
      ], in: folder
    ).run()
    #expect(result.status == 1 && !folder.has("w.safetensors") && result.messages.hasPrefix("error: "), "\(result)")
  }

  @Test func mistakesInPayloadFolders() throws {
    let folder = try Self.folder("bmshj2018-factorized")
    let string = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(Self.fixtures)/bmshj2018-factorized/string0.bin")))
    try folder.add("none/notes.txt", "")
    for name in ["bare", "cut", "words", "large", "padded", "other", "two"] { try folder.add("\(name)/string0.bin", bytes: string) }
    try folder.add("cut/string0.bin", bytes: Array(string.dropLast(4)))
    try folder.add("two/string1.bin", bytes: string)
    try folder.add("words/shape.json", "shape")
    try folder.add("large/shape.json", #"{"width": 0, "height": 5}"#)
    try folder.add("padded/shape.json", #"{"padding": {"left": 1, "top": 0, "right": 0, "bottom": 0}}"#)
    try folder.add("other/shape.json", #"{"shape": [9, 12]}"#)
    let table: [(words: [String], sentence: String)] = [
      (["absent"], "cannot list the folder 'absent'"), (["none"], "there is no 'string0.bin'"), (["bare"], "give --size WIDTHxHEIGHT"),
      (["cut", "--size", "192x128"], "'cut' cannot be decoded"), (["two", "--size", "192x128"], "'two' does not fit the model"),
      (["words", "--size", "192x128"], "cannot use 'words/shape.json'"), (["large"], "no picture has 0×5 pixels"),
      (["padded", "--size", "192x128"], "the padding is not that to multiples of 64"),
      (["other", "--size", "192x128"], "has a latent of 8×12, and it has 9×12"),
      (["bare", "--size", "16777216x16777216"], "at most 67108864 are allowed"),
      (["bare", "--size", "640x128"], "'bare' cannot be decoded"),
    ]
    for (words, sentence) in table {
      let result = try Command(["decode", "--weights", "w.safetensors", "-o", "none.png", "--payloads"] + words, in: folder).run()
      #expect(result.status == 1 && result.output.isEmpty && !folder.has("none.png"), "\(words): \(result)")
      #expect(result.messages.hasPrefix("error: ") && result.messages.contains(sentence), "\(words): \(result.messages)")
    }
    for (arguments, sentence) in [
      (["decode", "--payloads", "bare", "--size", "192", "-o", "x.png"], "--size"),
      (["decode", "--payloads", "bare", "--size", "192x128"], "--payloads needs -o"),
      (["decode", "a.bps", "a.png", "--size", "192x128"], "--size belongs to --payloads"),
      (["encode", "a.png", "b.png", "--payloads", "p"], "--payloads takes one picture"),
    ] {
      let result = try Command(arguments + ["--weights", "w.safetensors"], in: folder).run()
      #expect(result.status == 2 && result.messages.contains(sentence), "\(result)")
    }
  }
}
