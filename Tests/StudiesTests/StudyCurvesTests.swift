import Foundation
import Results
import Studies
import Testing

struct StudyCurvesTests {
  private func results(rate: Double, psnr: Double) -> ResultsFile {
    let image = ImageResult(
      name: "a.png", width: 8, height: 8, estimatedBits: nil, payloadBytes: Int(rate * 8), fileBytes: Int(rate * 8), psnr: psnr, msSSIM: 0.9
    )
    return ResultsFile(
      name: "x", description: "", model: ModelDescription(classPath: "models.X"),
      dataset: DatasetDescription(name: "k", folder: "k", imageCount: 1), environment: Environment(benchpressoVersion: "1", threads: 1),
      points: [RatePoint(aggregating: [image], label: "λ", lambda: nil)])
  }

  @Test func theRatesOfAVariationBecomeACurve() throws {
    let folder = try TestFolder()
    let units = [
      Sample.unit("a_test_q1_mse/k", .test, dataset: "k"),
      Sample.unit("a_test_q2_mse/k", .test, hash: "b123456789ab", quality: "q2", dataset: "k"),
      Sample.unit("a_test_q3_mse/k", .test, hash: "c123456789ab", quality: "q3", dataset: "k"),
      Sample.unit("bpg/k", .anchor, variation: nil, quality: nil, dataset: "k"),
    ]
    for (index, unit) in units.enumerated() where index != 2 {
      let place = try folder.make(unit)
      try FileManager.default.createDirectory(atPath: place.results, withIntermediateDirectories: true)
      try results(rate: 0.5 + Double(index), psnr: 30 + Double(index)).write(to: place.resultsFile)
      try Sample.state(.done).write(place)
    }
    let curves = try StudyCurves.write(Sample.plan(units), in: folder.study)
    #expect(curves.map(\.name) == ["a", "bpg"])
    #expect(curves[0].points == 2 && curves[0].planned == 3)
    let curve = try ResultsFile.read("\(folder.study.curves)/k/a.json")
    #expect(curve.points.map(\.label) == ["q1", "q2"] && curve.points.map(\.bppFile) == [0.5, 1.5])
    #expect(curve.points[0].model?.classPath == "models.X" && curve.points[0].lambda == 0.01)
  }
}
