import Foundation
import Results
import SafeFiles
import Studies
import Testing

/// `benchpresso report` as users run it.
struct ReportCommandTests {
  /// A results file of a codec on pictures `0.png`, ….
  private func results(
    _ name: String, factor: Double = 1, points: Int = 5, images: Int = 6, dataset: String = "kodak", psnr: Double? = 26, only: Int? = nil
  ) -> ResultsFile {
    let rates = (0..<points).filter { only ?? $0 == $0 }.map { point -> RatePoint in
      let list = (0..<images).map { image -> ImageResult in
        let own = 1 + 0.02 * Double((image * 7 + Int(factor * 100)) % 5)
        let bytes = Int(factor * own * Double(20 << point))
        return ImageResult(
          name: "\(image).png", width: 40, height: 40, estimatedBits: nil, payloadBytes: bytes, fileBytes: bytes + 20,
          psnr: psnr.map { $0 + 3 * Double(point) }, msSSIM: nil)
      }
      return RatePoint(aggregating: list, label: "q\(point + 1)")
    }
    return ResultsFile(
      name: name, description: "", model: ModelDescription(classPath: "codecs.Test"),
      dataset: DatasetDescription(name: dataset, folder: dataset, imageCount: images),
      environment: Environment(benchpressoVersion: "0", threads: 1), points: rates)
  }

  private func folder(_ files: [String: ResultsFile]) throws -> TestFolder {
    let folder = try TestFolder()
    for (path, file) in files { try folder.add("\(path)/results.json", bytes: file.json(name: path)) }
    return folder
  }

  private func page(_ folder: TestFolder) throws -> String {
    String(decoding: try FileBytes.read("\(folder.path)/out/index.html"), as: UTF8.self)
  }

  private func run(_ folder: TestFolder, _ words: String...) throws -> Command.Result {
    var command = Command(["report"] + words + ["-o", "out"], in: folder)
    command.program = try folder.lonelyProgram()
    return try command.run()
  }

  @Test func pageFiguresAndTables() throws {
    let folder = try folder(["a": results("a"), "b": results("b", factor: 1.4)])
    let result = try run(folder, "a/results.json", "b", "published:kodak/bpg_444", "--format", "json")
    #expect(result.status == 0, "\(result)")
    for path in [
      "index.html", "figures/rd-kodak-psnr.svg", "tables/deltas-kodak-psnr.tex", "tables/deltas-kodak-psnr.md",
      "tables/pairs-kodak-psnr.csv",
      "tables/points-a.csv", "tables/reading.md",
    ] {
      #expect(FileBytes.exists("\(folder.path)/out/\(path)") && result.output.contains("out/\(path)"), "\(path): \(result)")
    }
    let text = try page(folder)
    #expect(text.contains("against BPG 4:4:4 (x265)"))
    // Its pictures are others than those of BPG, so that the pairs have none in common.
    #expect(text.contains("Nothing can be concluded on kodak in PSNR"))
    let again = try run(folder, "a/results.json", "b", "--anchor", "a")
    let conclusion = try page(folder)
    #expect(again.status == 0 && conclusion.contains("a needs fewer bits than b"), "\(again)")
  }

  @Test func curvesOfOneNameAreToldApart() throws {
    let folder = try folder(["x": results("a"), "y": results("a", factor: 1.4)])
    #expect(try run(folder, "x", "y").status == 0)
    #expect(try page(folder).contains("a (y)"))
  }

  @Test func onePointIsShownWithoutADelta() throws {
    let folder = try folder(["a": results("a"), "one": results("one", points: 1)])
    let result = try run(folder, "a", "one")
    #expect(result.status == 0, "\(result)")
    let table = String(decoding: try FileBytes.read("\(folder.path)/out/tables/deltas-kodak-psnr.csv"), as: UTF8.self)
    #expect(table.contains("one,–,–"), "\(table)")
    #expect(try page(folder).contains("Nothing can be concluded"))
  }

  @Test func oneImageConcludesNothing() throws {
    let folder = try folder(["a": results("a", images: 1), "b": results("b", factor: 2, images: 1)])
    #expect(try run(folder, "a", "b").status == 0)
    #expect(try page(folder).contains("1 common image and one training each are too few"))
  }

  @Test func aMeasureThatIsMissingIsNoError() throws {
    let folder = try folder(["a": results("a", psnr: nil)])
    let result = try run(folder, "a")
    #expect(result.status == 0, "\(result)")
  }

  @Test(
    arguments: [
      ("{\"schema\": \"benchpresso.results/1\", \"name\": NaN}", "broken/results.json"), ("", "broken/results.json"), ("[]", "results"),
      ("{\"schema\": \"benchpresso.results/9\"}", "benchpresso.results/9"), ("{\"results\": {\"bpp\": []}}", "it has no rate points"),
      ("{\"results\": {\"bpp\": [1], \"psnr-rgb\": [1, 2]}}", "'results.psnr-rgb' 2"),
      ("{\"schema\": \"benchpresso.timing/1\"}", "broken/results.json"),
    ])
  func damagedFilesAreErrors(text: String, says: String) throws {
    let folder = try TestFolder()
    try folder.add("broken/results.json", text)
    let result = try run(folder, "broken/results.json")
    #expect(result.status == 1 && result.output.isEmpty && result.messages.hasPrefix("error: "), "\(result)")
    #expect(result.messages.contains(says) && !Folder.exists("\(folder.path)/out"), "\(result)")
  }

  @Test func aFileInPlaceOfTheFolderIsAnError() throws {
    let folder = try folder(["a": results("a")])
    try folder.add("out", "")
    let result = try run(folder, "a")
    #expect(result.status == 1 && result.messages.contains("out"), "\(result)")
  }

  @Test func picturesGoIntoThePage() throws {
    let folder = try folder(["a": results("a", points: 2), "b": results("b", points: 1)])
    try folder.addPictures("originals", count: 6)
    for place in ["da/point_1", "da/point_2", "db"] { try folder.addPictures(place, count: 5) }
    let result = try run(folder, "a", "b", "--originals", "originals", "--pictures", "a=da", "--pictures", "b=db/")
    #expect(result.status == 0, "\(result)")
    let count = try page(folder).split(separator: "data:image/png;base64,").count - 1
    // Five pictures, each with its original and two reconstructions; of the sixth there is none.
    #expect(count == 15)
    let small = try run(
      folder, "a", "b", "--originals", "originals", "--pictures", "a=da", "--pictures", "b=db", "--picture-budget", "0.002")
    #expect(small.messages.contains("of 5 pictures fit into the page"), "\(small)")
  }

  @Test(
    arguments: [
      (["--originals", "nowhere", "--pictures", "a=pictures"], "there is no folder nowhere"),
      (["--originals", "pictures", "--pictures", "a=nowhere"], "there is no folder nowhere"),
      (["--originals", "pictures", "--pictures", "c=pictures"], "there is no curve 'c'; there are a"),
      (["--pictures", "a=pictures"], "--pictures needs --originals FOLDER"),
      (["--originals", "pictures", "--pictures", "pictures"], "--pictures: expected CURVE=FOLDER, found 'pictures'"),
      (["--metric", "psnr", "--draws", "3"], "--draws must lie between 2000 and 1000000"),
      (["--picture-budget", "nan"], "--picture-budget must lie between"), (["--picture-rate", "0"], "--picture-rate must lie between"),
    ])
  func mistakesInOptions(words: [String], says: String) throws {
    let folder = try folder(["a": results("a")])
    try folder.addPictures("pictures", count: 1)
    var command = Command(["report", "a", "-o", "out"] + words, in: folder)
    command.program = try folder.lonelyProgram()
    let result = try command.run()
    #expect(result.status == 2 && result.messages.contains(says), "\(result)")
  }

  @Test func timesAlone() throws {
    let folder = try TestFolder()
    var point = TimingPoint(variant: "fp", what: "transform", width: 64, height: 64, batchSize: 1, threads: 1)
    point.encoding = TimingSeries(samples: [0.01, 0.011, 0.012, 0.01, 0.013, 0.01])
    point.decoding = TimingSeries(samples: [0.02, 0.021, 0.022, 0.02, 0.023, 0.02])
    let file = TimingFile(
      measurement: "latency",
      procedure: TimingProcedure(
        what: "transform", pictures: "noise", repetitions: 6, warmUp: 1, untilStable: nil, budget: nil, timeLimit: 1, memoryLimit: nil,
        order: "in turn", clock: "monotonic"), environment: Environment(benchpressoVersion: "0", threads: 1), sessions: [],
      variants: [TimingVariant(name: "fp", classPath: "models.FactorizedPrior", settings: .object([:]))], points: [point])
    try folder.add("t/timing.json", bytes: file.json(name: "timing.json"))
    let result = try run(folder, "t")
    #expect(result.status == 0, "\(result)")
    let text = try page(folder)
    #expect(
      text.contains("Latency (t/timing.json)") && text.contains("10.50") && FileBytes.exists("\(folder.path)/out/figures/latency.svg"))
  }

  @Test func aStudyWithTheThesisBesideIt() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 6)
    try folder.add(
      "s.yaml",
      """
      study: tiny
      baseline: fp_gdn
      set:
        model: {class_path: models.FactorizedPrior, init_args: {channels: 8, expansion_channels: 12}}
        data: {class_path: datasets.ImageFolder, init_args: {data_dir: pictures}}
      variations:
        fp_gdn: {}
        fp_relu: {model.activation: nonlinearity.ReLU}
      rates: {key: model.rate_distortion_function.lagrangian_multiplier, values: [0.002, 0.005, 0.01]}
      datasets: {kodak: {data.data_dir: pictures}}
      anchors: {jpeg: {codec: codecs.JPEG, qualities: [10, 40, 80]}}
      compare: {anchor: jpeg}
      """)
    var plan = Command(["study", "plan", "s.yaml"], in: folder)
    plan.program = try folder.lonelyProgram()
    let planned = try plan.run()
    #expect(planned.status == 0, "\(planned)")
    let nothing = try run(folder, "s.yaml")
    #expect(nothing.status == 2 && nothing.messages.contains("nothing is measured yet"), "\(nothing)")
    let study = StudyFolder("\(folder.path)/runs/tiny")
    for unit in try StudyPlan.read(study).units where unit.kind == .test || unit.kind == .anchor {
      let factors = ["fp_gdn": 1.2, "fp_relu": 1.5]
      let point = unit.quality.flatMap { Int($0.dropFirst()) }.map { $0 - 1 }
      let file = results(unit.name, factor: unit.variation.flatMap { factors[$0] } ?? 1, points: 3, only: point)
      let place = study.unit(unit)
      try folder.add(String(place.resultsFile.dropFirst(folder.path.count + 1)), bytes: file.json(name: unit.name))
      try UnitState(phase: .done, host: "h", process: 1, started: 0, heartbeat: 0, program: "0").write(place)
    }
    for word in ["s.yaml", "runs/tiny"] {
      let result = try run(folder, word)
      #expect(result.status == 0, "\(result)")
      let text = try page(folder)
      #expect(text.contains("Table 7.1 of the thesis prints") && text.contains("in the same order as there: fp_gdn and fp_relu"))
      #expect(text.contains("<h1>Study tiny</h1>") && FileBytes.exists("\(folder.path)/out/tables/thesis-Table_7.1.tex"))
    }
  }

  @Test func aDrawingHasTheLayersOfTheModel() throws {
    let folder = try TestFolder()
    try folder.add("a.yaml", "model: {class_path: models.MeanScaleHyperprior, init_args: {channels: 8, expansion_channels: 12}}\n")
    let result = try Command(["config", "draw", "--config", "a.yaml", "--to", "a.svg"], in: folder).run()
    #expect(result.status == 0, "\(result)")
    let svg = String(decoding: try FileBytes.read("\(folder.path)/a.svg"), as: UTF8.self)
    for text in [
      "Convolution 5×5, 12, ↓2", "Transposed convolution 5×5, 3, ↑2", ">GDN<", ">IGDN<", "12 × H/16 × W/16", "8 × H/64 × W/64",
      "Gaussian conditional", "hyper synthesis h_s",
    ] {
      #expect(svg.contains(text), "\(text)")
    }
  }
}
