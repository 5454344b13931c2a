import ArgumentParser
import ModelRegistry

/// A kind of record on the command line.
enum RecordKindArgument: String, ExpressibleByArgument, CaseIterable {
  case results, timing, weights, card, configuration

  var kind: RecordKind {
    switch self {
    case .results: .results
    case .timing: .timing
    case .weights: .weights
    case .card: .card
    case .configuration: .configuration
    }
  }
}

/// Lists what is there.
struct RegistryList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List what the registry has, the last added first.")

  @OptionGroup var options: RegistryOptions
  @Option(help: "Only this kind; repeatable.") var kind: [RecordKindArgument] = []
  @Option(help: ArgumentHelp("Only with this tag; repeatable.", valueName: "tag")) var tag: [String] = []
  @Option(help: ArgumentHelp("At most so many.", valueName: "n")) var limit = 50
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let store = try options.store()
      var query = RegistryQuery()
      (query.kinds, query.tags, query.limit) = (kind.map(\.kind), tag, limit)
      try RecordListing(records: store.search(query)).show(format)
      let counts = try store.counts()
      let parts = RecordKind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.rawValue)" } }
      Console.note(
        parts.isEmpty ? "the registry is empty; 'benchpresso registry add runs' fills it" : "in all: \(parts.joined(separator: ", "))")
    }
  }
}

/// Looks for records.
struct RegistrySearch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find records by words, model, data set, tags and numbers.",
    discussion: """
        benchpresso registry search gsdn kodak
        benchpresso registry search --where 'psnr>=32' --where 'bpp<0.5' --kind results
        benchpresso registry search --model FactorizedPrior --dataset Kodak --tag paper

      All words have to be there, each as the beginning of a word. --where is about bpp, bpp_file, psnr, ms_ssim, ms_ssim_db, lpips_vgg and other \
      measures, lambda, encoding_time and decoding_time in seconds, peak_memory in bytes; one point has to meet all of them.
      """)

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("Words that lead to it.", valueName: "word")) var words: [String] = []
  @Option(help: "Only this kind; repeatable.") var kind: [RecordKindArgument] = []
  @Option(help: ArgumentHelp("Only this model or codec.", valueName: "class path")) var model: String?
  @Option(help: ArgumentHelp("Only this data set.", valueName: "name")) var dataset: String?
  @Option(help: ArgumentHelp("Only with this tag; repeatable.", valueName: "tag")) var tag: [String] = []
  @Option(name: .customLong("where"), help: ArgumentHelp("A condition such as 'psnr>=32'; repeatable.", valueName: "condition"))
  var conditions: [String] = []
  @Option(help: ArgumentHelp("At most so many.", valueName: "n")) var limit = 50
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      var query = RegistryQuery()
      (query.words, query.kinds, query.model, query.dataset, query.tags, query.limit) = (
        words, kind.map(\.kind), model, dataset, tag, limit
      )
      query.conditions = try conditions.map { text in
        guard let condition = RegistryQuery.Condition(text) else { throw RegistryError.condition(text) }
        return condition
      }
      try RecordListing(records: options.store().search(query)).show(format)
    }
  }
}
