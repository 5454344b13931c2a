import ArgumentParser
import ModelRegistry

/// Adds and removes tags.
struct RegistryTag: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Give a record tags, or take them away.",
    discussion: "  benchpresso registry tag 3f9a paper table-2 --remove draft")

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("The beginning of a hash, or a name.", valueName: "record")) var record: String
  @Argument(help: ArgumentHelp("The tags.", valueName: "tag")) var tags: [String] = []
  @Option(help: ArgumentHelp("A tag to take away; repeatable.", valueName: "tag")) var remove: [String] = []

  func validate() throws {
    guard !tags.isEmpty || !remove.isEmpty else { throw ValidationError("name a tag, or one to --remove") }
  }

  func run() throws {
    try Failure.reported {
      let store = try options.store()
      let stored = try store.record(record)
      try store.tag(stored, adding: tags, removing: remove)
      let now = try store.record(stored.record.hash)
      Console.result("\(now.record.hash.prefix(12)): \(now.tags.isEmpty ? "no tags" : now.tags.joined(separator: " "))")
    }
  }
}

/// Forgets records.
struct RegistryRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Forget records; the files that were added stay where they are.")

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("The beginnings of hashes, or names.", valueName: "record")) var records: [String]

  func run() throws {
    try Failure.reported {
      let store = try options.store()
      for stored in try records.map({ try store.record($0) }) {
        try store.remove(stored)
        Console.result("\(stored.record.hash.prefix(12)): removed '\(stored.record.name)'")
      }
    }
  }
}

/// Checks all files.
struct RegistryVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Read every file again and compare it with its hash.",
    discussion: "Ends with status 1 where something is missing or damaged.")

  @OptionGroup var options: RegistryOptions
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  private struct Finding: Encodable {
    let problem: RegistryFinding.Problem
    let hash: String
    let name: String
    let path: String
  }

  func run() throws {
    try Failure.reported {
      let findings = try options.store().verify { done, count in Console.progress("\(done) of \(count)") }
      Console.endProgress()
      switch format {
      case .json:
        Console.result(
          try JSONOutput.text(findings.map { Finding(problem: $0.problem, hash: $0.hash, name: $0.name, path: $0.path) }))
      case .text:
        for finding in findings { Console.result(finding.sentence) }
        if findings.isEmpty { Console.note("everything is as it was added") }
      }
      if !findings.isEmpty { throw ExitCode(ExitStatus.failure) }
    }
  }
}
