import Configuration
import Foundation
import Registry
import Testing
import Training

/// Settings of the trainer that are more than a number.
struct TrainerChoicesTests {
  static func settings(_ yaml: String) throws -> TrainerSettings {
    try SettingsDecoder.decode(
      TrainerSettings.self, from: ConfigurationFile.parse(yaml, source: "a.yaml"), path: "trainer",
      components: Catalogue(TrainingEntries.all))
  }

  static func node(_ yaml: String, _ key: String) throws -> Node? { try SettingsEncoder.node(of: settings(yaml))[key] }

  @Test(arguments: [("{}", nil), ("fast_dev_run: false", nil), ("fast_dev_run: 0", nil), ("fast_dev_run: true", 1), ("fast_dev_run: 3", 3)])
  func fastDevRun(yaml: String, batches: Int?) throws { #expect(try Self.settings(yaml).fastDevRun.batches == batches) }

  @Test(arguments: [("{}", Node(.bool(false))), ("fast_dev_run: 1", Node(.bool(true))), ("fast_dev_run: 2", Node(.int(2)))])
  func fastDevRunIsWrittenBack(yaml: String, node: Node) throws { #expect(try Self.node(yaml, "fast_dev_run") == node) }

  @Test(arguments: ["{}", "precision: 32-true", "precision: 32", "precision: '32'"])
  func precision(yaml: String) throws { #expect(try Self.node(yaml, "precision") == "32-true") }

  @Test(arguments: [
    ("{}", ["loggers.CSV"]), ("logger: true", ["loggers.CSV"]), ("logger: false", []), ("logger: null", []), ("logger: []", []),
    ("logger: CSV", ["loggers.CSV"]), ("logger: {class_path: lightning.pytorch.loggers.CSVLogger}", ["loggers.CSV"]),
    ("logger: [loggers.CSV]", ["loggers.CSV"]),
  ])
  func logger(yaml: String, names: [String]) throws {
    #expect(try Self.settings(yaml).logger.loggers.map(\.classPath) == names)
    #expect(try Self.node(yaml, "logger") == Node(.list(names.map { .map([("class_path", Node(.string($0)))]) })))
  }

  @Test(arguments: [
    (
      "precision: medium",
      "expected 32-true or bf16-mixed, found 'medium' (for the precision of matrix products use trainer.matmul_precision)"
    ),
    ("precision: 16-mixed", "a.yaml:1:12: trainer.precision: expected 32-true or bf16-mixed, found '16-mixed'"),
    ("precision: 16", "expected 32-true or bf16-mixed, found 16"),
    ("matmul_precision: low", "expected one of highest, high, medium, found 'low'"),
    ("fast_dev_run: -1", "a.yaml:1:15: trainer.fast_dev_run: expected true, false or a number of batches, found -1"),
    ("fast_dev_run: often", "found the text 'often'"),
    ("logger: [loggers.CSV, loggers.CSV]", "a.yaml:1:23: trainer.logger[1]: 'loggers.CSV' is named twice"),
    ("logger: loggers.CVS", "there is no logger 'loggers.CVS'; did you mean 'loggers.CSV'?"),
    ("logger: 3", "expected a logger"),
    ("callbacks: [callbacks.ModelCheckpoints]", "did you mean 'callbacks.ModelCheckpoint'?"),
    (
      "callbacks: [{class_path: callbacks.ModelCheckpoint, init_args: {save_top_k: 2}}]",
      "save_top_k: must be 1 (the newest), -1 (all) or 0 (none), found 2: nothing is watched that would tell the best ones"
    ),
    (
      "callbacks: [{class_path: callbacks.ModelCheckpoint, init_args: {every_n_train_steps: 0}}]",
      "every_n_train_steps: must be positive, found 0"
    ),
    (
      "enable_checkpointing: false\ncallbacks: [lightning.pytorch.callbacks.ModelCheckpoint]",
      "a.yaml:1:23: trainer.enable_checkpointing: is false, but trainer.callbacks has a ModelCheckpoint"
    ),
    ("every_n_train_steps: 5", "unknown key 'every_n_train_steps'"),
  ])
  func mistakes(yaml: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Self.settings(yaml) }
    #expect(error.problems.count == 1 && "\(error)".contains(sentence), "\(error)")
  }

  @Test func otherCodersSeePlainValues() throws {
    let settings = try Self.settings("{fast_dev_run: 3, logger: loggers.CSV}")
    let json = try JSONEncoder().encode(settings)
    let plain = try JSONDecoder().decode(Node.self, from: json)
    #expect(plain["fastDevRun"] == 3 && plain["precision"] == "32-true")
    #expect(plain["logger"] == [["class_path": "loggers.CSV"]])
    #expect(try JSONDecoder().decode(TrainerSettings.self, from: json) == settings)
    #expect(throws: (any Error).self) { try JSONDecoder().decode(FastDevRun.self, from: Data("-3".utf8)) }
  }

  @Test func partsAreBuiltFromTheSettings() throws {
    let catalogue = try Catalogue(TrainingEntries.all)
    let plain = try TrainerParts(Self.settings("{}"), catalogue: catalogue)
    #expect(checkpoints(plain) == [ModelCheckpoint()] && plain.loggers.map { $0 is CSVLogger } == [true])
    let named = try TrainerParts(
      Self.settings("callbacks: [{class_path: ModelCheckpoint, init_args: {every_n_train_steps: 7, save_top_k: -1}}, EarlyStopping]"),
      catalogue: catalogue)
    var settings = ModelCheckpoint.Settings()
    (settings.everyNTrainSteps, settings.saveTopK) = (7, -1)
    #expect(checkpoints(named) == [ModelCheckpoint(settings)] && named.callbacks.count == 2)
    let none = try TrainerParts(Self.settings("{enable_checkpointing: false, logger: null}"), catalogue: catalogue)
    #expect(none.callbacks.isEmpty && none.loggers.isEmpty)
    let quiet = try TrainerParts(Self.settings("{enable_checkpointing: false, callbacks: [EarlyStopping]}"), catalogue: catalogue)
    #expect(checkpoints(quiet).isEmpty && quiet.callbacks.count == 1)
  }

  private func checkpoints(_ parts: TrainerParts) -> [ModelCheckpoint] { parts.callbacks.compactMap { $0 as? ModelCheckpoint } }
}
