import ArgumentParser
import Reports
import Results

/// Puts results together on a page, with figures and tables for papers.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write a page that shows results, with figures and tables for papers.",
    discussion: """
        benchpresso report runs/quickstart/results*.json published:kodak/bpg_444 -o runs/report
        benchpresso report studies/nonlinearity-small.yaml -o runs/report
        benchpresso report A/results.json B/results.json --originals KODAK --pictures A=A/decoded --pictures B=B/decoded -o runs/report

      RESULT is a results.json, a JSON file of CompressAI, published:NAME, a timing.json of 'measure', or a study: its file or its folder. The page,
      index.html, opens from disk and needs no network; figures (SVG, PDF, PNG), tables (CSV, Markdown, LaTeX) and drawings of the models lie
      beside it. What stands there is written anew. It says what can be concluded from the intervals, and what cannot.
      """)

  @Argument(help: ArgumentHelp("Results, timings, published curves, or a study.", valueName: "result")) var results: [String]
  @Option(name: [.short, .customLong("output")], help: ArgumentHelp("The folder that is written.", valueName: "folder")) var output: String
  @Option(help: "The heading.") var title: String?
  @Option(
    help: ArgumentHelp(
      "What BD-rates are against: the name of a curve, a file or published:NAME; without it the first published curve, else the first.",
      valueName: "curve"))
  var anchor: String?
  @Option(
    help: ArgumentHelp("A measure of BD-rates, repeatable; without it psnr, ms_ssim_db and lpips_vgg where they are.", valueName: "measure")
  )
  var metric: [String] = []
  @Option(help: "How curves are interpolated.") var method = Compare.Interpolation.pchip
  @Option(help: "The number of resamplings behind the intervals, 2000 or more.") var draws = 2000
  @Option(help: "The seed of the resampling.") var seed = 0
  @Option(help: ArgumentHelp("The pictures that were coded, for the viewer.", valueName: "folder")) var originals: String?
  @Option(
    help: ArgumentHelp("Decoded pictures of a curve, as test.save_images and 'predict' write them; repeatable.", valueName: "curve=folder"))
  var pictures: [String] = []
  @Option(help: ArgumentHelp("Bits per pixel at which pictures are shown, repeatable; without it those in the middle.", valueName: "bpp"))
  var pictureRate: [Double] = []
  @Option(help: ArgumentHelp("How much the pictures may add to the page, in MB.", valueName: "megabytes")) var pictureBudget = 24.0
  @Option(help: "How the list of written files is printed.") var format = OutputFormat.text

  func validate() throws {
    guard (2000...1_000_000).contains(draws) else { throw ValidationError("--draws must lie between 2000 and 1000000") }
    guard pictureBudget.isFinite, (0...1000).contains(pictureBudget) else {
      throw ValidationError("--picture-budget must lie between 0 and 1000 (megabytes)")
    }
    for rate in pictureRate where !(rate > 0 && rate <= 48) {
      throw ValidationError("--picture-rate must lie between 0 and 48 bits per pixel")
    }
    for word in pictures where PictureFolder(word) == nil {
      throw ValidationError("--pictures: expected CURVE=FOLDER, found '\(word)'")
    }
    if !pictures.isEmpty, originals == nil { throw ValidationError("--pictures needs --originals FOLDER, the pictures that were coded") }
  }

  func run() throws {
    try Failure.reported {
      var input = ReportInput()
      for word in results { try input.add(word) }
      var options = CurveComparison.Options()
      options.method = method.value
      options.draws = draws
      options.seed = seed
      var builder = try ReportBuilder(input, options: options)
      if let title { builder.title = title }
      builder.anchor = anchor ?? builder.anchor
      if !metric.isEmpty { builder.metrics = metric.map { ComparisonMetric($0) } }
      var report = try builder.report()
      if let originals {
        report.pictures = try ReportPictures(
          originals: originals, folders: pictures.compactMap { PictureFolder($0) }, rates: pictureRate, budget: Int(pictureBudget * 1e6)
        ).chosen(for: &report)
      }
      let files = try ReportFiles(report).write(to: output)
      switch format {
      case .text: Console.result("\(output)/index.html")
      case .json:
        Console.result(try JSONOutput.text(Written(page: "\(output)/index.html", files: files.paths, notes: report.notes + files.notes)))
      }
      for note in report.notes + files.notes { Console.note("note: \(note)") }
      Console.note("written: \(files.paths.count) files in \(output)")
    }
  }

  /// What was written, as JSON.
  private struct Written: Encodable {
    let page: String
    let files: [String]
    let notes: [String]
  }
}
