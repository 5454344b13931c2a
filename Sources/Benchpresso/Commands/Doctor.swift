import ArgumentParser

/// Tells whether this machine is ready.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check this machine: libtorch, devices, codecs, disk.",
    discussion: "The exit status is 0 when everything required is there. Codecs of others are optional and may be missing.")

  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let report = DoctorReport.examine()
      switch format {
      case .text: Console.result(report.text)
      case .json: Console.result(try JSONOutput.text(report))
      }
      if !report.isReady { throw ExitCode(1) }
    }
  }
}
