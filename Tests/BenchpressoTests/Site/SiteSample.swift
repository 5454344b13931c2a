import Foundation
import ModelRegistry
import Results
import SafeFiles

/// A registry for tests of the site.
enum SiteSample {
  static func results(_ name: String, factor: Double = 1, dataset: String = "Kodak") -> ResultsFile {
    let points = (0..<5).map { point -> RatePoint in
      let bytes = Int(factor * Double(40 << point))
      let image = ImageResult(
        name: "0.png", width: 40, height: 40, estimatedBits: nil, payloadBytes: bytes, fileBytes: bytes + 8, psnr: 26 + 3 * Double(point),
        msSSIM: 0.9 + 0.015 * Double(point))
      return RatePoint(aggregating: [image], label: "q\(point + 1)")
    }
    return ResultsFile(
      name: name, description: "A test.", model: ModelDescription(classPath: "models.FactorizedPrior"),
      dataset: DatasetDescription(name: dataset, folder: "/home/somebody/kodak", imageCount: 1),
      environment: Environment(benchpressoVersion: "0", cpuModel: "a processor", threads: 1), points: points)
  }

  static let card = """
    ---
    card: benchpresso.card/1
    name: <script>document.title='hacked'</script>
    model: models.FactorizedPrior
    training: {data: ten photographs}
    licence: CC0-1.0
    authors: ["<b>A. Author</b>"]
    date: 2026-11-25
    ---
    # A card

    <img src=x onerror=alert(1)> and *words*.

    """

  /// A folder with a registry `registry` that holds two curves and a card.
  static func folder() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.add("a/results.json", bytes: results("curve a").json(name: "a"))
    try folder.add("b/results.json", bytes: results("curve b", factor: 1.5).json(name: "b"))
    try folder.add("one.card.md", card)
    let result = try run(["registry", "add", "a", "b", "one.card.md", "--registry", "registry"], in: folder)
    guard result.status == 0 else { throw Tiny.Failed(messages: result.messages) }
    return folder
  }

  static func run(_ words: [String], in folder: TestFolder) throws -> Command.Result {
    var command = Command(words, in: folder)
    command.program = try folder.lonelyProgram()
    command.environment = ["BENCHPRESSO_REGISTRY": "\(folder.path)/no-registry"]
    return try command.run()
  }

  static func text(_ folder: TestFolder, _ path: String) throws -> String { String(decoding: try folder.bytes(path), as: UTF8.self) }
}
