import Configuration
import Registry
import SafeFiles
import Training

/// A run that goes on in its own folder, with its own configuration.
struct Resumption {
  let folder: RunFolder
  /// The checkpoint to continue from.
  let checkpoint: String
  private let invocation: StageInvocation

  /// Settings that may change while a run goes on, since they say only when it ends and what it shows.
  private static let free: Set<String> = [
    "trainer.max_steps", "trainer.max_epochs", "trainer.max_time", "trainer.min_steps", "trainer.min_epochs",
    "trainer.num_sanity_val_steps",
    "trainer.enable_progress_bar", "trainer.enable_model_summary", "trainer.fast_dev_run", "trainer.memory_limit",
    "data.init_args.num_workers", "description", "ckpt_path", "init_weights", "init_parts",
  ]

  static func isFree(_ path: String) -> Bool {
    free.contains(path) || path.hasPrefix("trainer.logger") || path.hasPrefix("test.") || path.hasPrefix("predict.")
      || path == "trainer.limit_test_batches"
  }

  /// Finds the run that `--resume` means.
  ///
  /// - Parameter word: Empty or `last` for the newest version of the run's name, `auto` for the same or else a new run, or the path of a run
  ///   folder or of a checkpoint in one.
  /// - Returns: Nil when `auto` finds none.
  /// - Throws: ``UsageError`` when there is none.
  static func find(_ word: String, invocation: StageInvocation) throws -> Resumption? {
    if ["", "last", "auto", "true"].contains(word) {
      let lookup = CheckpointLookup(request: invocation.request(), catalogue: invocation.catalogue)
      let (name, root) = lookup.run
      guard let folder = try CheckpointLookup.newestFolder(name: name, root: root) else {
        if word == "auto" { return nil }
        throw UsageError.needs(
          "there is no run with a checkpoint in '\(root)/\(name)'; train first, name a run folder with --resume, or use --resume auto")
      }
      return Resumption(folder: folder, checkpoint: folder.last, invocation: invocation)
    }
    let folder = RunFolder(path: word.hasSuffix("/") ? String(word.dropLast()) : word)
    if Folder.exists(folder.path) {
      guard PathText.exists(folder.configuration), PathText.exists(folder.last) else {
        throw UsageError.needs("'\(word)' is no run folder: it needs config.yaml and checkpoints/last.ckpt")
      }
      return Resumption(folder: folder, checkpoint: folder.last, invocation: invocation)
    }
    guard let owner = Session.runFolder(of: word), PathText.exists(word), PathText.exists(owner.configuration) else {
      throw UsageError.needs("--resume: '\(word)' is neither a run folder nor a checkpoint in one")
    }
    return Resumption(folder: owner, checkpoint: word, invocation: invocation)
  }

  /// Reads the configuration of the run with what was asked for over it.
  ///
  /// Where configuration files are named, they stand for themselves, and their every value is compared with the run's.
  ///
  /// - Returns: Nil after printing.
  /// - Throws: `ConfigurationError` with one problem for each value that differs from the run's.
  func load() throws -> ExperimentFile? {
    let frozen = try ExperimentFile(paths: [folder.configuration], catalogue: invocation.catalogue)
    let namesFiles = invocation.words.items.contains { if case .option = $0 { false } else { true } }
    let base = namesFiles ? Node(.map([])) : try ConfigurationFile.read(folder.configuration)
    let file = try ExperimentFile(invocation.request(base: base), catalogue: invocation.catalogue)
    let differences = Difference.between(frozen.tree, file.tree)
      .filter { !Self.isFree($0.path) && !MovedFile.explains($0, in: file, catalogue: invocation.catalogue) }
    guard differences.isEmpty else {
      throw ConfigurationError(differences.map { problem($0) })
    }
    for note in file.notes { Console.note("note: \(note)") }
    if let printing = invocation.words.printing {
      Console.result(printing.text(file, catalogue: invocation.catalogue).trimmingLastNewline)
      return nil
    }
    return file
  }

  private func problem(_ difference: Difference) -> Problem {
    let (old, new) = (Difference.text(difference.left), Difference.text(difference.right))
    let mark = difference.right?.mark ?? .defaults
    let sentence =
      mark.isDefault
      ? "the run in '\(folder.path)' has \(old), and this configuration leaves it at \(new); leave --config out to go on as the run began"
      : "the run in '\(folder.path)' has \(old), asked for is \(new); a run goes on as it began: leave this out, or start a new run without --resume"
    return Problem(mark: mark, path: difference.path, sentence: sentence)
  }
}
