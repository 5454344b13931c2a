import ArgumentParser
import Configuration
import ModelRegistry

/// Adds files.
struct RegistryAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add results, timings, weights, cards and configurations.",
    discussion: """
      Of a folder everything below it is taken that is one of these: results.json, timing.json, config.yaml, *.safetensors, *.ckpt, card.md and \
      *.card.md. Small files are copied into the registry; of weights the place is kept, unless --copy is given. What is there already is not \
      added twice. The exit status is 1 when a file could not be taken; the others are.
      """)

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("Files and folders.", valueName: "path")) var paths: [String]
  @Option(help: ArgumentHelp("A tag for all of them; repeatable.", valueName: "tag")) var tag: [String] = []
  @Flag(help: "Copy weights, too.") var copy = false
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  private struct Report: Encodable {
    var added: [String] = []
    var known = 0
    var failures: [String] = []
  }

  func run() throws {
    try Failure.reported {
      Interruption.listen()
      let store = try options.store()
      let reader = try WeightsInspection.reader()
      var report = Report()
      for path in paths {
        try FolderScan.files(below: PathText.absolute(path)) { file in
          if let signal = Interruption.signal {
            throw Interrupted(signal: signal, sentence: "stopped; \(report.added.count) files were added, and the same command goes on")
          }
          Console.progress("\(report.added.count + report.known) done: \(file)")
          do {
            let record = try reader.read(file)
            switch try store.add(record, path: file, copies: copy, tags: tag) {
            case .added:
              report.added.append(record.hash)
              if format == .text { Console.result("\(record.hash.prefix(12))  \(record.kind.rawValue.padded(to: 13))  \(record.name)") }
            case .wasThere: report.known += 1
            }
          } catch let error as RegistryError {
            if case .database = error { throw error }
            report.failures.append("\(error)")
          } catch {
            report.failures.append("\(error)")
          }
        }
      }
      Console.endProgress()
      for failure in report.failures { Console.note("error: \(failure)") }
      if format == .json { Console.result(try JSONOutput.text(report)) }
      Console.note(
        "added \(report.added.count), \(report.known) were there\(report.failures.isEmpty ? "" : ", \(report.failures.count) failed")")
      if !report.failures.isEmpty { throw ExitCode(ExitStatus.failure) }
    }
  }
}
