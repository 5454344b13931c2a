import ArgumentParser
import Registry
import Results
import Site

/// Writes the site into a folder.
struct SiteBuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Write the site into a folder that opens from disk and needs no network.",
    discussion: """
        benchpresso site build -o site

      The site is written beside the folder and takes its place in one step. A folder that holds anything but an earlier site is refused. Where the \
      registry is empty the other pages are there all the same.
      """)

  @OptionGroup var options: SiteOptions
  @Option(name: [.short, .customLong("output")], help: ArgumentHelp("The folder that is written.", valueName: "folder")) var output: String
  @Flag(help: "Leave out what models and networks cost, which takes some seconds and libtorch.") var noCost = false
  @Option(help: "How the list of what was written is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      guard !output.isEmpty else { throw UsageError.noValue(option: "output", example: "site") }
      let folder = SiteFolder(path: output)
      try folder.check()
      let gathering = try SiteGathering(anchors: options.anchor)
      Interruption.listen()
      let costs = try counted(gathering)
      var contents = gathering.contents(date: Machine.date()) { costs[$0.classPath] ?? nil }
      let registry = LiveRegistry(folder: options.registry.folder)
      contents.records = try registry.store().map { try SiteRecords(store: $0).all() } ?? []
      let written = try folder.write(Site(contents)) { done, all in Console.progress("page \(done) of \(all)") }
      Console.endProgress()
      switch format {
      case .text: Console.result(written.index)
      case .json: Console.result(try JSONOutput.text(written))
      }
      if contents.records.isEmpty { Console.note("note: there is nothing in the registry; 'benchpresso registry add runs' fills it") }
      Console.note("written: \(written.files) files, \(written.bytes) bytes in \(written.folder)")
    }
  }

  /// The costs by class path.
  private func counted(_ gathering: SiteGathering) throws -> [String: String?] {
    var costs: [String: String?] = [:]
    guard !noCost else { return costs }
    gathering.costs { done, all, classPath, cost in
      Console.progress("cost \(done) of \(all)")
      costs[classPath] = cost
      return Interruption.signal == nil
    }
    if let signal = Interruption.signal { throw Interrupted(signal: signal) }
    return costs
  }
}
