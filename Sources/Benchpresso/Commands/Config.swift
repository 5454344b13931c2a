import ArgumentParser
import Configuration
import Registry

/// Looking at configurations without running them.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check, show, compare and draw configurations.",
    discussion: """
        benchpresso config check configs/*.yaml
        benchpresso config show --config a.yaml --trainer.max_steps 100 --origin
        benchpresso config diff a.yaml logs/run/version_3
        benchpresso config draw --config a.yaml --to model.svg
      """,
    subcommands: [ConfigCheck.self, ConfigShow.self, ConfigDiff.self, ConfigDraw.self])
}

/// Checks files, each for itself.
struct ConfigCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check configuration files: all mistakes at once, each with its place.",
    discussion: "Each file is checked for itself. The exit status is 2 when one of them is wrong.")

  @Argument(help: ArgumentHelp("The files.", valueName: "file")) var files: [String]
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let catalogue = try Program.catalogue()
      var reports: [FileReport] = []
      for path in files {
        do throws(ConfigurationError) {
          let file = try ExperimentFile(paths: [path], catalogue: catalogue)
          reports.append(FileReport(file: path, problems: [], notes: file.notes.map { ReportedPlace($0.mark, $0.path, $0.sentence) }))
          guard format == .text else { continue }
          for note in file.notes { Console.note("note: \(note)") }
          Console.result("\(path): ok")
        } catch {
          reports.append(FileReport(file: path, problems: error.problems.map { ReportedPlace($0.mark, $0.path, $0.sentence) }, notes: []))
          guard format == .text else { continue }
          Failure.show(error)
          Console.result("\(path): \(error.problems.count) \(error.problems.count == 1 ? "problem" : "problems")")
        }
      }
      if format == .json { Console.result(try JSONOutput.text(reports)) }
      guard reports.allSatisfy({ $0.problems.isEmpty }) else { throw ExitCode(ExitStatus.usage) }
    }
  }

  /// What was found in a file.
  private struct FileReport: Encodable {
    let file: String
    let problems: [ReportedPlace]
    let notes: [ReportedPlace]
  }
}

/// A problem or a note as JSON.
struct ReportedPlace: Encodable {
  let source: String
  let line: Int?
  let column: Int?
  let path: String
  let sentence: String

  init(_ mark: Mark, _ path: String, _ sentence: String) {
    source = mark.source
    line = mark.line > 0 ? mark.line : nil
    column = mark.line > 0 ? mark.column : nil
    self.path = path
    self.sentence = sentence
  }
}

/// Shows the configuration that a command line means.
struct ConfigShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the resolved configuration of a command line.",
    discussion: "Takes what the stages take: --config, settings by their path, environment variables.")

  @OptionGroup var options: StageOptions
  @Flag(help: "Say beside each value where it comes from.") var origin = false
  @Option(help: ArgumentHelp("The stage whose environment variables count.", valueName: "stage")) var stage = "fit"
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let catalogue = try Program.catalogue()
      let words = try options.configuration()
      let file = try ExperimentFile(words.request(stage: stage, environment: ProcessEnvironment.settings), catalogue: catalogue)
      for note in file.notes { Console.note("note: \(note)") }
      switch format {
      case .json:
        let origins = ConfigurationOrigins(file)
        Console.result(
          origin ? try JSONOutput.text(["configuration": file.tree, "origins": origins.tree]) : try JSONOutput.text(file.tree))
      case .text:
        let header = ["benchpresso \(BuiltIn.version)"]
        if origin {
          let origins = ConfigurationOrigins(file)
          Console.result(file.yaml(header: header) { YAMLComment(beside: origins.text(at: $0, $1)) }.trimmingLastNewline)
        } else if let printing = words.printing {
          Console.result(printing.text(file, catalogue: catalogue).trimmingLastNewline)
        } else {
          Console.result(file.yaml(header: header).trimmingLastNewline)
        }
      }
    }
  }
}

/// Compares two resolved configurations.
struct ConfigDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "List the values in which two resolved configurations differ.",
    discussion: """
      Each side is a configuration file, a run folder, or a checkpoint. Defaults are filled in first, so that only real differences are listed.
      The exit status is 0 when there are none and 1 when there are some.
      """)

  @Argument(help: ArgumentHelp("The first configuration.", valueName: "a")) var left: String
  @Argument(help: ArgumentHelp("The second configuration.", valueName: "b")) var right: String
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let catalogue = try Program.catalogue()
      let (first, second) = (try ConfigurationSource(left).tree(catalogue), try ConfigurationSource(right).tree(catalogue))
      let differences = Difference.between(first, second)
      switch format {
      case .json: Console.result(try JSONOutput.text(differences.map { Row(path: $0.path, left: $0.left, right: $0.right) }))
      case .text:
        for difference in differences {
          Console.result("\(difference.path): \(Difference.text(difference.left)) | \(Difference.text(difference.right))")
        }
        if differences.isEmpty { Console.note("the resolved configurations are the same") }
      }
      guard differences.isEmpty else { throw ExitCode(ExitStatus.failure) }
    }
  }

  /// A difference as JSON.
  private struct Row: Encodable {
    let path: String
    let left: Node?
    let right: Node?
  }
}
