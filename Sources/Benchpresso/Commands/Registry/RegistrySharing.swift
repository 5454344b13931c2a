import ArgumentParser
import Downloads
import ModelRegistry

/// Writes records into a shared registry.
struct RegistryPush: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Write records into a shared registry, a folder.",
    discussion: """
        benchpresso registry push /shared/registry
        benchpresso registry push /var/www/lic 3f9a 77b1

      The folder has index.json and the files by their hash; a web server that serves it makes it a registry that others pull from. Without names \
      everything is pushed.
      """)

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("The folder.", valueName: "folder")) var place: String
  @Argument(help: ArgumentHelp("The beginnings of hashes, or names.", valueName: "record")) var records: [String] = []
  @Flag(help: "Leave weights out.") var noWeights = false

  func run() throws { try Failure.reported { try Sharing.push(records, to: place, options, withWeights: !noWeights) } }
}

/// Takes records out of a shared registry.
struct RegistryPull: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Take what is new in a shared registry: a folder or an HTTP address.",
    discussion: """
        benchpresso registry pull /shared/registry
        benchpresso registry pull https://example.org/lic --kind results --kind card

      Every file has to have its hash, and is read as if it had been added here. What is interrupted goes on with the same command.
      """)

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("The folder or the address.", valueName: "place")) var place: String
  @Option(help: "Only this kind; repeatable.") var kind: [RecordKindArgument] = []

  func run() throws { try Failure.reported { try Sharing.pull(from: place, options, kinds: kind.map(\.kind)) } }
}

/// Writes some records into a folder of their own.
struct RegistryExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write records with their files into a new folder.",
    discussion: "  benchpresso registry export 3f9a 77b1 -o for-reviewers\n\n'registry import' of another person reads the folder.")

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("The beginnings of hashes, or names.", valueName: "record")) var records: [String]
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The folder to make.", valueName: "folder")) var output: String

  func run() throws {
    try Failure.reported { try Sharing.push(records, to: try FreshFolder.create(output), options, withWeights: true) }
  }
}

/// Takes in a folder that was exported.
struct RegistryImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in a folder that 'registry export' made.")

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("The folder.", valueName: "folder")) var place: String

  func run() throws { try Failure.reported { try Sharing.pull(from: place, options, kinds: []) } }
}

/// What push, pull, export and import do.
enum Sharing {
  static func push(_ names: [String], to place: String, _ options: RegistryOptions, withWeights: Bool) throws {
    let store = try options.store()
    var query = RegistryQuery()
    query.limit = .max
    var records = names.isEmpty ? try store.search(query) : try names.map { try store.record($0) }
    if !withWeights { records.removeAll { $0.record.kind == .weights } }
    let outcome = try SharedRegistry(place).push(records, from: store) { Console.progress("\($0) of \(records.count)") }
    try tell(outcome, verb: "written into \(place)")
  }

  static func pull(from place: String, _ options: RegistryOptions, kinds: [RecordKind]) throws {
    Interruption.listen()
    let store = try options.store()
    do {
      let outcome = try SharedRegistry(place).pull(
        into: store, reader: WeightsInspection.reader(), wanted: { kinds.isEmpty || kinds.contains($0.kind) },
        shouldStop: { Interruption.signal != nil }, observe: { Console.progress("\($0.kind.rawValue) \($0.name)") })
      try tell(outcome, verb: "taken from \(place)")
    } catch let error as DownloadError {
      guard case .stopped = error, let signal = Interruption.signal else { throw error }
      throw Interrupted(signal: signal, sentence: "stopped; what was taken stays, and the same command goes on")
    }
  }

  private static func tell(_ outcome: SharedRegistry.Outcome, verb: String) throws {
    Console.endProgress()
    for failure in outcome.failures { Console.note("error: \(failure)") }
    Console.result("\(outcome.new.count) records \(verb), \(outcome.known) were there")
    if !outcome.failures.isEmpty { throw ExitCode(ExitStatus.failure) }
  }
}
