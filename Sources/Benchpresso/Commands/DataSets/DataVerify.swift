import ArgumentParser
import Configuration
import Datasets
import Images
import Reporting

/// Checks the files of a data set.
struct DataVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check the files of a data set against a manifest, or against what is known of it.",
    discussion: """
        benchpresso data verify kodak
        benchpresso data verify data/corpus --manifest corpus.json

      Without --manifest the manifest.json in the folder counts, or else what is known of the set. The exit status is 1 when a file is missing or \
      another one. Pictures that the manifest does not name are told but are no fault.
      """)

  @Argument(help: ArgumentHelp("The name of a set, or a folder.", valueName: "set or folder")) var target: String
  @Option(help: ArgumentHelp("Where the set lies, in place of its usual folder.", valueName: "folder")) var folder: String?
  @Option(help: ArgumentHelp("The manifest, made by 'data manifest'.", valueName: "file")) var manifest: String?
  @Flag(help: "Decode every picture, too.") var decode = false
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  /// What was found.
  private struct Report: Encodable {
    let folder: String
    let against: String
    let checked: Int
    let wrong: [FolderManifest.Finding]
    let unknown: [String]
    let ok: Bool
  }

  func run() throws {
    try Failure.reported {
      let place = try DataTarget(target, folder: folder)
      Interruption.listen()
      let report = try self.report(place)
      Console.endProgress()
      switch format {
      case .json: Console.result(try JSONOutput.text(report))
      case .text:
        for finding in report.wrong { Console.result("\(finding.path) \(finding.sentence)") }
        if !report.unknown.isEmpty {
          let some = report.unknown.prefix(3).joined(separator: ", ")
          Console.note(
            "note: \(report.unknown.count) pictures are not named by \(report.against): \(some)\(report.unknown.count > 3 ? ", …" : "")")
        }
        let verdict = report.ok ? "all as they should be" : "\(report.wrong.count) wrong"
        Console.result("\(report.folder): \(NumberText.grouped(report.checked)) files checked against \(report.against), \(verdict)")
      }
      if !report.ok { throw ExitCode(ExitStatus.failure) }
    }
  }

  private func report(_ place: DataTarget) throws -> Report {
    let own = "\(place.folder)/\(FolderManifest.fileName)"
    var against = manifest
    if against == nil, PathText.exists(own), try !FolderManifest.read(own).files.isEmpty { against = own }
    var (wrong, unknown, checked) = ([FolderManifest.Finding](), [String](), 0)
    let name: String
    if let against {
      let list = try FolderManifest.read(against)
      (wrong, unknown) = try interruptible { try list.verify(place.folder, shouldStop: stop, progress: progress) }
      (checked, name) = (list.files.count, against)
    } else if let set = place.set, !set.samples.isEmpty {
      (wrong, unknown) = try interruptible { try set.verify(place.folder, shouldStop: stop, progress: progress) }
      (checked, name) = (set.samples.count, "what is known of \(set.name)")
    } else {
      throw UsageError.needs(
        "there is no manifest to check '\(place.folder)' against: write one with 'benchpresso data manifest \(place.folder)'")
    }
    if decode { wrong += try undecodable(place.folder) }
    return Report(folder: place.folder, against: name, checked: checked, wrong: wrong, unknown: unknown, ok: wrong.isEmpty)
  }

  private func undecodable(_ folder: String) throws -> [FolderManifest.Finding] {
    var wrong: [FolderManifest.Finding] = []
    for file in try ImageFolder(whole: folder).files {
      if let signal = Interruption.signal { throw Interrupted(signal: signal) }
      do throws(ImageError) {
        _ = try ImageFile.read(file)
      } catch {
        wrong.append(FolderManifest.Finding(path: file, sentence: "cannot be decoded: \(error)"))
      }
    }
    return wrong
  }

  private func stop() -> Bool { Interruption.signal != nil }

  private func progress(done: Int, total: Int) { Console.progress("checking: file \(done) of \(total)") }

  private func interruptible<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch ManifestError.stopped {
      throw Interrupted(signal: Interruption.signal ?? 0)
    }
  }
}
