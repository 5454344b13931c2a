import Foundation
import Results
import SafeFiles
import Testing

@testable import Benchpresso

/// `benchpresso measure scaling`.
struct ScalingCommandTests {
  private let model = "m=models.FactorizedPrior,channels=4,expansion_channels=6"
  private let quick = ["--warm-up", "0", "--repetitions", "1", "-o", "out"]

  private func run(_ words: [String], in folder: TestFolder) throws -> Command.Result {
    try Command(["measure", "scaling"] + words, in: folder).run()
  }

  @Test func wholeAndTiledOverSizesAndThreads() throws {
    let folder = try TestFolder()
    let words = [model, "--megapixels", "0.01,0.05", "--tiles", "off,64", "--thread-counts", "1,2", "--what", "stages"] + quick
    let result = try run(words, in: folder)
    #expect(result.status == 0 && result.output.contains("growth [B/px]"), "\(result)")
    let file = try TimingFile(json: FileBytes.read("\(folder.path)/out/timing.json"), name: "timing.json")
    #expect(file.measurement == "scaling" && file.variants.map(\.name) == ["m, whole", "m, tiles of 64"])
    #expect(file.points.count == 8 && file.points.allSatisfy { $0.outcome == .measured && $0.encodingMultiplyAccumulates == nil })
    #expect(file.points.map(\.threads) == [1, 1, 2, 2, 1, 1, 2, 2])
    #expect(file.points.map(\.width) == [122, 122, 122, 122, 273, 273, 273, 273] && file.points[7].height == 183)
    // Whole or in tiles the same is coded.
    for index in stride(from: 0, to: 8, by: 2) { #expect(file.points[index].bitsPerPixel == file.points[index + 1].bitsPerPixel) }
    let csv = String(decoding: try folder.bytes("out/scaling.csv"), as: UTF8.self)
    #expect(csv.split(whereSeparator: \.isNewline).count == 9 && csv.hasPrefix("variant,width,height,megapixels,threads"))
    for name in ["scaling_time.svg", "scaling_memory.svg", "scaling_threads.svg"] { #expect(folder.has("out/\(name)")) }
    #expect(!folder.has("out/latency.svg"))
  }

  @Test func mosaicsOfPhotographs() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 3, side: 40)
    let words = [model, "--megapixels", "0.02", "--tiles", "64", "--thread-counts", "1", "--photographs", "pictures", "--no-plots"] + quick
    let result = try run(words + ["--format", "csv"], in: folder)
    #expect(result.status == 0 && result.output.contains("m, tiles of 64\",174,115,"), "\(result)")
    let file = try TimingFile(json: FileBytes.read("\(folder.path)/out/timing.json"), name: "timing.json")
    #expect(file.procedure.pictures.hasPrefix("mosaics of 3 photographs"))
  }

  @Test func whatCannotBeMeasuredIsSaid() throws {
    let folder = try TestFolder()
    let table: [(words: [String], sentence: String)] = [
      ([model, "--sizes", "64"], "takes --megapixels in place of --sizes"), ([model, "--threads", "1"], "takes --thread-counts"),
      ([model, "--what", "transform"], "use --what codec"), ([model, "--megapixels", "0"], "--megapixels"),
      ([model, "--tiles", "64,64"], "--tiles"), ([model, "--tiles", "big"], "--tiles"),
      (["codecs.JPEG", "--tiles", "64"], "is no model"),
    ]
    for (words, sentence) in table {
      let result = try run(words, in: folder)
      #expect(result.status != 0 && result.messages.contains(sentence), "\(words): \(result)")
    }
    // What a model cannot do is an outcome of the point.
    let result = try run([model, "--megapixels", "0.02", "--tiles", "33", "--thread-counts", "1", "--no-plots"] + quick, in: folder)
    #expect(result.status == 1 && result.messages.contains("the side of tiles is 33"), "\(result)")
  }

  @Test func threadCountsAreDoubled() {
    #expect(MeasureScaling.threadCounts(processors: 1) == [1] && MeasureScaling.threadCounts(processors: 2) == [1, 2])
    #expect(MeasureScaling.threadCounts(processors: 6) == [1, 2, 4, 6] && MeasureScaling.threadCounts(processors: 8) == [1, 2, 4, 8])
  }
}
