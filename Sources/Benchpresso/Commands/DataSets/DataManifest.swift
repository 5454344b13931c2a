import ArgumentParser
import Configuration
import Datasets
import Reporting

/// Writes down what the pictures of a folder are.
struct DataManifest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manifest", abstract: "Write the manifest of a folder: path, size, SHA-256 and dimensions of every picture.",
    discussion: """
        benchpresso data manifest data/corpus

      The hash of the list that is printed is the one by which results files name a data set.
      """)

  @Argument(help: ArgumentHelp("The name of a set, or a folder.", valueName: "set or folder")) var target: String
  @Option(help: ArgumentHelp("Where the set lies, in place of its usual folder.", valueName: "folder")) var folder: String?
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The file to write; manifest.json in the folder.", valueName: "file"))
  var output: String?
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let place = try DataTarget(target, folder: folder)
      Interruption.listen()
      let path = output ?? "\(place.folder)/\(FolderManifest.fileName)"
      var manifest: FolderManifest
      do {
        manifest = try FolderManifest(of: place.folder, shouldStop: { Interruption.signal != nil }) { done, total in
          Console.progress("reading: file \(done) of \(total)")
        }
      } catch ManifestError.stopped {
        throw Interrupted(signal: Interruption.signal ?? 0)
      }
      Console.endProgress()
      if PathText.exists(path) { manifest.sources = (try? FolderManifest.read(path))?.sources ?? [] }
      try manifest.write(to: path)
      Console.note("written: \(path)")
      switch format {
      case .text:
        Console.result("\(place.folder): \(NumberText.grouped(manifest.files.count)) pictures, SHA-256 of the list \(manifest.listSHA256)")
      case .json:
        Console.result(
          try JSONOutput.text(Report(file: path, pictures: manifest.files.count, listSHA256: manifest.listSHA256)))
      }
    }
  }

  private struct Report: Encodable {
    let file: String
    let pictures: Int
    let listSHA256: String

    enum CodingKeys: String, CodingKey {
      case file, pictures
      case listSHA256 = "list_sha256"
    }
  }
}
