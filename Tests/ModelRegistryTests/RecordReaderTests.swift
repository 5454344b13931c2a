import ModelRegistry
import Testing

struct RecordReaderTests {
  @Test(arguments: [
    ("x.json", "{}", "no file of Benchpresso"), ("x.json", #"{"schema": "other/2"}"#, "a file of the form 'other/2'"),
    ("x.json", "{", "no JSON object"), ("x.yaml", "trainer: {}\n", "without a model or a codec"), ("x.yaml", "a: [", "x.yaml:"),
    ("x.md", "# Notes\n", "without a front matter"), ("broken.safetensors", "x", "is no weights file"),
    ("x.json", "\u{0}\u{1}", "no JSON object"),
  ])
  func filesOfOtherKinds(name: String, text: String, sentence: String) throws {
    let place = try Place()
    let file = try place.write(name, text)
    #expect { try Sample.reader.read(file) } throws: { "\($0)".contains(sentence) }
  }

  @Test func foldersAreScanned() throws {
    let place = try Place()
    for name in [
      "run/config.yaml", "run/results.json", "run/checkpoints/last.ckpt", "run/metrics.csv", "README.md", "m.card.md",
      ".hidden/results.json",
      "a.results.json", "other.json", "w.safetensors",
    ] { try place.write(name, "x") }
    var files: [String] = []
    try FolderScan.files(below: place.path) { files.append(String($0.dropFirst(place.path.count + 1))) }
    #expect(
      files.sorted()
        == ["a.results.json", "m.card.md", "run/checkpoints/last.ckpt", "run/config.yaml", "run/results.json", "w.safetensors"])
    files = []
    try FolderScan.files(below: "\(place.path)/other.json") { files.append($0) }
    #expect(files.count == 1)
  }

  @Test(arguments: ["", "psnr", ">3", "psnr>", "psnr>x", "psnr=>3", "psnr>nan", "psnr!=3", "psnr>>3"])
  func conditionsThatAreNone(text: String) { #expect(RegistryQuery.Condition(text) == nil) }

  @Test func conditions() throws {
    let condition = try #require(RegistryQuery.Condition(" ms_ssim >= 0.95 "))
    #expect(condition.key == "ms_ssim" && condition.comparison == .atLeast && condition.bound == 0.95)
    #expect(RegistryQuery.Condition("bpp=1e-1")?.comparison == .equal)
  }
}
