import ArgumentParser
import Benchmarking
import Codecs
import Datasets
import Images
import Reporting
import Results
import SafeFiles

/// The main job on what ships: four rate points of a small model against JPEG.
struct QuickStart: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quickstart", abstract: "Measure shipped models on shipped photographs.",
    discussion: """
      Codes every photograph with every model and with JPEG at several qualities, prints the rate points and the BD-rates, and writes
      results.json, results-jpeg420.json, results-jpeg444.json, results.csv, rd.svg and rd.png.
      """)

  @Option(help: ArgumentHelp("The folder of the photographs.", valueName: "folder")) var photos = "photos"
  @Option(help: ArgumentHelp("The folder of the weights, one file for each rate point.", valueName: "folder")) var weights =
    "weights/quickstart"
  @Option(help: ArgumentHelp("The folder for the results.", valueName: "folder")) var output = "runs/quickstart"
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  static let jpegQualities = [5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90]

  func run() throws {
    try Failure.reported {
      let folder = try ImageFolder(photos, stage: .test)
      let files = try Folder.names(in: weights).filter { $0.hasSuffix(".safetensors") }
      guard !files.isEmpty else { throw QuickStartError.noWeights(folder: weights) }
      Interruption.listen()
      let measurement = try Measurement(files: folder.files, folder: photos)
      Console.note("\(measurement.files.count) photographs, \(files.count) rate points and JPEG")
      let learned = try self.learned(files, measurement)
      let jpeg420 = try self.jpeg(.yuv420, name: "JPEG 4:2:0", measurement)
      let jpeg444 = try self.jpeg(.yuv444, name: "JPEG 4:4:4", measurement)
      try Folder.create(output)
      try learned.write(to: "\(output)/results.json")
      try jpeg420.write(to: "\(output)/results-jpeg420.json")
      try jpeg444.write(to: "\(output)/results-jpeg444.json")
      let all = [learned, jpeg420, jpeg444]
      try AtomicFile.write(ResultsCSV.images(of: all), to: "\(output)/results.csv")
      var plot = RatePlot(
        title: "Rate–distortion on \(measurement.dataset.imageCount) photographs", quality: .psnr, curves: all.map(\.publishedCurve))
      plot.highestRate = 1.5
      let written = try plot.write(svg: "\(output)/rd.svg", png: "\(output)/rd.png")
      show(all, try QuickComparison([learned], anchors: [jpeg420, jpeg444]), plots: written)
    }
  }

  private func learned(_ files: [String], _ measurement: Measurement) throws -> ResultsFile {
    let catalogue = try Program.catalogue()
    var models: [ModelUnderTest] = []
    for file in files { models.append(try ModelUnderTest(path: "\(weights)/\(file)", catalogue: catalogue)) }
    models.sort { $0.lambda < $1.lambda }
    let points = try models.map { model in
      let label = NumberText.fixed(model.lambda, decimals: 4)
      let images = try measurement.report(model.codec, label: "λ \(label)").images
      return RatePoint(aggregating: images, label: label, lambda: model.lambda, model: model.description, notes: model.notes)
    }
    return ResultsFile(
      name: "factorized prior (small)", description: "Shipped weights; each rate point is a model of its own", model: models[0].description,
      dataset: measurement.dataset, environment: try Measurement.environment(seed: nil, usesTorch: true), points: points)
  }

  private func jpeg(_ subsampling: JPEG.Subsampling, name: String, _ measurement: Measurement) throws -> ResultsFile {
    let points = try Self.jpegQualities.map { quality in
      let codec = try JPEGCodec(quality: quality, subsampling: subsampling)
      return RatePoint(aggregating: try measurement.report(codec, label: "\(name) quality \(quality)").images, label: "q\(quality)")
    }
    return ResultsFile(
      name: name, description: "libjpeg-turbo in process, baseline, standard Huffman tables; the rate is that of the whole file",
      model: ModelDescription(classPath: "codecs.JPEG", settings: .object(["subsampling": .string(subsampling.rawValue)])),
      dataset: measurement.dataset,
      environment: try Measurement.environment(seed: nil, usesTorch: false, codecVersions: ["libjpeg": JPEG.libraryVersion]), points: points
    )
  }

  private func show(_ files: [ResultsFile], _ comparison: QuickComparison, plots: RatePlot.Written) {
    switch format {
    case .json:
      if let text = try? JSONOutput.text(QuickComparisonReport(comparison)) { Console.result(text) }
    case .text:
      Console.result(RatePointTable.make(files).text(.plain))
      Console.result(comparison.table.text(.plain))
    }
    for note in comparison.notes + plots.notes { Console.note("note: \(note)") }
    let tables = ["results.json", "results-jpeg420.json", "results-jpeg444.json", "results.csv"].map { "\(output)/\($0)" }
    Console.note("written: \((tables + plots.paths).joined(separator: ", "))")
  }
}

/// What the quick start lacks.
enum QuickStartError: Error, CustomStringConvertible {
  case noWeights(folder: String)

  var description: String {
    switch self {
    case .noWeights(let folder):
      "there are no weights (*.safetensors) in '\(folder)'; run the quick start in the project's folder, or name the folder with --weights"
    }
  }
}
