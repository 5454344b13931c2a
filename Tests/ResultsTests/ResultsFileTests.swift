import Results
import SafeFiles
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ResultsFileTests {
  static func text(_ file: ResultsFile) throws -> String { String(decoding: try file.json(), as: UTF8.self) }

  @Test(arguments: [Samples.full, Samples.nulls])
  func readsWhatItWrites(_ file: ResultsFile) throws {
    let bytes = try file.json()
    let back = try ResultsFile(json: bytes, name: "results.json")
    #expect(back == file)
    #expect(try back.json() == bytes)
  }

  @Test func writesToDisk() throws {
    let path = "\(Fixtures.temporaryFolder)/results-\(getpid()).json"
    defer { unlink(path) }
    try Samples.full.write(to: path)
    #expect(try ResultsFile.read(path) == Samples.full)
    #expect(try PublishedCurve.read(path) == Samples.full.publishedCurve)
  }

  @Test func listsHaveTheKeysOfCompressAI() throws {
    guard case .object(let keys)? = try Fixtures.json(Samples.full)["results"] else {
      Issue.record("no results")
      return
    }
    #expect(keys.keys.sorted() == ["bpp", "decoding_time", "encoding_time", "ms-ssim-rgb", "psnr-rgb"])
    #expect(keys["bpp"] == .array(Samples.full.points.map { .number($0.bppPayload) }))
  }

  @Test func nullsAreWritten() throws {
    let text = try Self.text(Samples.nulls)
    for key in ["lambda", "psnr", "ms_ssim", "encoding_time", "bpp_estimated", "git_commit", "manifest_sha256", "model"] {
      #expect(text.contains("\"\(key)\" : null"), "\(key)")
    }
  }

  @Test func numbersKeepAllDigits() throws {
    #expect(try Self.text(Samples.full).contains("0.3333333333333333"))
    #expect(Samples.full.dataset.folder == "two")
  }

  @Test func refusesWhatJSONCannotHold() {
    var image = Samples.images[0]
    image.psnr = .infinity
    let file = Samples.file([RatePoint(aggregating: [image], label: "p")])
    #expect {
      try file.json()
    } throws: { error in
      guard case .notFinite("results.json", let key)? = error as? ResultsError else { return false }
      return key.contains("psnr")
    }
  }

  static let damages: [(String, String, ResultsError)] = [
    ("benchpresso.results/1", "benchpresso.results/2", .wrongSchema(file: "r", found: "benchpresso.results/2")),
    ("\"schema\"", "\"scheme\"", .wrongSchema(file: "r", found: nil)),
    ("\"seed\"", "\"sead\"", .missingKey(file: "r", key: "environment.seed")),
    ("\"threads\" : 2", "\"threads\" : \"2\"", .wrongValue(file: "r", key: "environment.threads", expected: "a whole number")),
    ("\"threads\" : 2", "\"threads\" : 2, \"fibres\" : 2", .unknownKeys(file: "r", keys: ["environment.fibres"])),
    ("\"height\" : 300", "\"height\" : null", .wrongValue(file: "r", key: "points[0].images[0].height", expected: "a whole number")),
    ("\"label\" : \"one", "\"pooled\" : 1, \"label\" : \"one", .unknownKeys(file: "r", keys: ["points[1].pooled"])),
    (
      "\"psnr\" : 31.5", "\"psnr\" : 31.25",
      .inconsistent(file: "r", reason: "the lists under 'results' are not the values under 'points'")
    ),
  ]

  @Test(arguments: damages)
  func refusesDamage(_ from: String, _ to: String, _ expected: ResultsError) throws {
    let text = try Self.text(Samples.full)
    #expect(text.contains(from))
    let damaged = Fixtures.replacingFirst(from, with: to, in: text)
    #expect(throws: expected) { try ResultsFile(json: [UInt8](damaged.utf8), name: "r") }
  }

  @Test(arguments: ["", "{", "[1, 2", "{\"schema\": \"benchpresso.results/1\",}", "null"])
  func refusesWhatIsNotAResultsFile(_ text: String) {
    #expect(throws: ResultsError.self) { try ResultsFile(json: [UInt8](text.utf8), name: "r") }
  }

  @Test func everyCutIsAnError() throws {
    let bytes = try Samples.nulls.json()
    for count in stride(from: 0, to: bytes.count - 2, by: 97) {
      #expect(throws: ResultsError.self) { try ResultsFile(json: Array(bytes.prefix(count)), name: "r") }
    }
  }

  @Test func missingFileIsNamed() {
    #expect(throws: ResultsError.file(FileError(operation: "read", path: "nowhere/results.json", code: ENOENT))) {
      try ResultsFile.read("nowhere/results.json")
    }
  }
}
