import Configuration
import Models
import Registry
import Training

/// One stage as it was asked for on the command line, up to the point where its configuration is known to be right.
///
/// Nothing here needs libtorch.
struct StageInvocation {
  var stage: String
  /// What a run over several rates adds to the words.
  var additions: [ConfigurationRequest.Item] = []
  let words: ConfigurationWords
  let catalogue: Catalogue

  init(stage: String, words: ConfigurationWords) throws {
    self.stage = stage
    self.words = words
    catalogue = try Program.catalogue()
  }

  func request(base: Node = Node(.map([]))) -> ConfigurationRequest {
    var request = words.request(stage: stage, environment: ProcessEnvironment.settings, base: base)
    request.items += additions
    return request
  }

  /// Reads the configuration over the model that `weights` name.
  ///
  /// - Throws: `ConfigurationError` when it is wrong, names no model or no data, or asks for another model than that of the weights.
  func read(weights: ModelWeights? = nil) throws -> ExperimentFile {
    let base = try weights.map { try ModelUnderTest.configuration(of: $0, path: $0.path) } ?? Node(.map([]))
    let file = try ExperimentFile(request(base: base), catalogue: catalogue)
    try requireParts(file)
    if let weights { try CheckpointAgreement(base: base, path: weights.path).check(file, catalogue: catalogue) }
    return file
  }

  /// Reads the configuration as ``read(weights:)`` does, tells its notes, and prints it where that was asked for.
  ///
  /// - Returns: Nil after printing.
  func load(weights: ModelWeights? = nil) throws -> ExperimentFile? {
    let file = try read(weights: weights)
    for note in file.notes { Console.note("note: \(note)") }
    if let printing = words.printing {
      Console.result(printing.text(file, catalogue: catalogue).trimmingLastNewline)
      return nil
    }
    return file
  }

  /// The checkpoint that the configuration names, with its weights; nil when it names none.
  ///
  /// - Throws: `ConfigurationError` when there is no such file; before that, for whatever else is wrong outside the model.
  func checkpoint() throws -> ModelWeights? {
    do {
      _ = try ExperimentFile(request(), catalogue: catalogue)
    } catch {
      // The model may need what the weights say about it.
      let others = error.problems.filter { $0.path != "model" && !$0.path.hasPrefix("model.") }
      guard others.isEmpty else { throw error }
    }
    return try CheckpointLookup(request: request(), catalogue: catalogue).path().map { try ModelWeights(path: $0) }
  }

  /// A file that names neither model nor data would train something that nobody asked for.
  private func requireParts(_ file: ExperimentFile) throws(ConfigurationError) {
    let missing = (stage == "export" ? ["model"] : ["model", "data"]).filter { file.written[$0].map(\.isNull) ?? true }
    guard !missing.isEmpty else { return }
    let options = missing.map { "--\($0)" }.joined(separator: " and ")
    let weights = missing.contains("model") && stage != "fit" ? "; weights of this program say which model they belong to" : ""
    throw ConfigurationError(mark: .defaults, "\(stage) needs \(options) (give them as options or in --config)\(weights)")
  }
}

extension String {
  /// The text without a line break at its end.
  var trimmingLastNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
