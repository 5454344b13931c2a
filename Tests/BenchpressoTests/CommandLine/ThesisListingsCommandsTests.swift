import Foundation
import Testing

/// The configuration files of the thesis as its reader would use them, and the flags of the list in section 6.6.
@Suite(.serialized) struct ThesisListingsCommandsTests {
  static let repaired = ThesisListingsTests.repaired
  /// The networks of the listings name their channels themselves, and the prior its own.
  static let tiny = """
    model:
      init_args:
        expansion_channels: 6
        encoder: {init_args: {channels: 4, expansion_channels: 6, activation: {init_args: {channels: 4}}}}
        decoder: {init_args: {channels: 4, expansion_channels: 6, activation: {init_args: {channels: 4}}}}

    """

  /// A folder with the listings, repaired, under names of their own, and pictures where they look for them.
  private func folder() throws -> TestFolder {
    let folder = try ThesisCommandsTests.folder()
    for (name, file) in [("M", "factorized_prior"), ("D", "flickr2w"), ("K", "kodak"), ("T", "miscellaneous")] {
      try folder.add("\(name).yaml", String(contentsOfFile: "\(Self.repaired)/\(file).yaml", encoding: .utf8))
    }
    try folder.add("tiny.yaml", Self.tiny)
    for profile in ["development", "training", "testing"] {
      let text = try String(contentsOfFile: "\(ConfigurationFilesTests.root)/configs/trainer/\(profile).yaml", encoding: .utf8)
      try folder.add("trainer/\(profile).yaml", text)
    }
    return folder
  }

  private func run(_ arguments: [String], in folder: TestFolder) throws -> Command.Result { try Command(arguments, in: folder).run() }

  @Test func theListingsTogether() throws {
    let folder = try folder()
    let files = ["M", "D", "T", "tiny"].flatMap { ["--config", "\($0).yaml"] }
    // Listing 6.6.1 asks for a trial of one batch.
    let trial = try run(["fit"] + files, in: folder)
    #expect(trial.status == 0 && trial.messages.contains("fast_dev_run: 1 batch") && !folder.has("logs"), "\(trial)")
    let trained = try run(["fit"] + files + ["--no-trainer.fast_dev_run", "--trainer.max_steps", "2"], in: folder)
    #expect(trained.status == 0 && folder.has("logs/experiment/version_0/checkpoints/last.ckpt"), "\(trained)")
    // Listing 6.5.4 takes whole pictures.
    let tested = try run(["test", "--config", "K.yaml", "--ckpt_path", "last"], in: folder)
    #expect(tested.status == 0 && tested.output.contains("0.0018"), "\(tested)")
  }

  @Test(arguments: [[], ["run"]])
  func theFlags(command: [String]) throws {
    let folder = try folder()
    try folder.add("R.yaml", "loss_metric: mse\nvalues: {q1: 0.0018}\n")
    let parts = ["--model", "M.yaml", "--rates_config", "R.yaml"]
    let small = ["--model", "{init_args: {expansion_channels: 6}}"] + Self.networks
    let short = ["--trainer.fast_dev_run=false", "--trainer.max_steps", "1"]
    let trained = try run(
      command + ["--stage", "train"] + parts + ["--data", "D.yaml", "--trainer", "T.yaml"] + small + short, in: folder)
    #expect(trained.status == 0 && folder.has("logs/factorized_prior_fit_q1_mse/version_0/config.yaml"), "\(trained)")
    let frozen = String(decoding: try folder.bytes("logs/factorized_prior_fit_q1_mse/version_0/config.yaml"), as: UTF8.self)
    #expect(frozen.contains("lagrangian_multiplier: 0.0018") && frozen.contains("class_path: datasets.Flickr2W"), "\(frozen)")
    let tested = try run(
      command + ["--stage", "test"] + parts + ["--data", "K.yaml", "--trainer", "trainer/testing.yaml"] + small, in: folder)
    #expect(tested.status == 0 && tested.output.contains("0.0018"), "\(tested)")
    #expect(folder.has("logs/factorized_prior_fit_q1_mse/version_0/test/results.json"))
  }

  static let networks = ["encoder", "decoder"].flatMap {
    ["--model.\($0).channels", "4", "--model.\($0).expansion_channels", "6", "--model.\($0).activation.channels", "4"]
  }

  /// A profile is laid over what comes before it; what is typed after it counts.
  @Test(arguments: [
    ("development", ["max_steps: 20", "limit_train_batches: 5", "enable_checkpointing: false", "callbacks: []"]),
    ("training", ["min_steps: 1000000", "patience: 20", "matmul_precision: medium", "every_n_train_steps: 1000"]),
    ("testing", ["threads: 1", "matmul_precision: highest", "logger: []"]),
  ])
  func trainerProfiles(profile: String, lines: [String]) throws {
    let folder = try folder()
    let show = ["config", "show", "--config", "M.yaml", "--config", "D.yaml", "--trainer", "trainer/\(profile).yaml"]
    let shown = try run(show, in: folder)
    #expect(shown.status == 0, "\(shown)")
    for line in lines { #expect(shown.output.contains("\(line)\n"), "\(shown.output)") }
    let changed = try run(show + ["--trainer.max_steps", "7"], in: folder)
    #expect(changed.output.contains("max_steps: 7\n"), "\(changed)")
  }

  @Test func theProfileOfDevelopmentRuns() throws {
    let folder = try folder()
    let result = try run(
      ["fit", "--config", "M.yaml", "--config", "D.yaml", "--config", "tiny.yaml", "--trainer", "trainer/development.yaml"]
        + ["--trainer.max_epochs", "1", "--data.batch_size", "1"], in: folder)
    #expect(result.status == 0 && result.messages.contains("done; no checkpoint was written"), "\(result)")
    #expect(!folder.has("logs/experiment/version_0/checkpoints"))
  }
}
