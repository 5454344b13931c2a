import Foundation
import Testing
import Training

/// Folders of runs: a new one each time, and going on in an old one only when asked to.
@Suite(.serialized) struct RunFoldersTests {
  private func fit(_ folder: TestFolder, _ more: String...) throws -> Command.Result {
    try Command(["fit", "--config", "tiny.yaml"] + more, in: folder).run()
  }

  /// All files below `logs` with their bytes.
  private func files(_ folder: TestFolder) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasPrefix("logs/") {
      files[name] = (try? folder.bytes(name)) ?? []
    }
    return files
  }

  private func text(_ folder: TestFolder, _ name: String) throws -> String { String(decoding: try folder.bytes(name), as: UTF8.self) }

  @Test func everyTrainingGetsAFolderOfItsOwn() throws {
    let folder = try Tiny.trainedFolder()
    let before = try files(folder)
    let again = try fit(folder)
    #expect(again.status == 0 && folder.has("logs/tiny/version_1/checkpoints/last.ckpt"), "\(again)")
    let kept = try files(folder).filter { $0.key.contains("version_0") }
    #expect(kept == before.filter { $0.key.contains("version_0") }, "the first run is as it was")
    let header = try text(folder, "logs/tiny/version_1/config.yaml").split(separator: "\n").prefix { $0.hasPrefix("# ") }
    #expect(header.contains("# stage: fit") && header.contains("# command: benchpresso fit --config tiny.yaml"), "\(header)")
  }

  @Test func twoAtOnceGetTwoFolders() throws {
    let folder = try Tiny.folder()
    let command = Command(["fit", "--config", "tiny.yaml", "--description", "it's \"one\" of two"], in: folder)
    let both = [try command.start(), try command.start()]
    for running in both {
      let result = try running.result()
      #expect(result.status == 0, "\(result)")
    }
    for version in 0...1 {
      #expect(try Checkpoint.read("\(folder.path)/logs/tiny/version_\(version)/checkpoints/last.ckpt").step == 4)
      let frozen = try text(folder, "logs/tiny/version_\(version)/config.yaml")
      // The command line can be copied into a shell.
      #expect(frozen.contains(#"# command: benchpresso fit --config tiny.yaml --description 'it'\''s "one" of two'"# + "\n"), "\(frozen)")
    }
  }

  @Test(arguments: [
    ["--resume"], ["--resume", "last"], ["--resume=auto"], ["--resume", "logs/tiny/version_0"], ["--resume", "logs/tiny/version_0/"],
    ["--resume", Tiny.last],
  ])
  func aRunGoesOnInItsFolder(resume: [String]) throws {
    let folder = try Tiny.trainedFolder()
    let frozen = try folder.bytes("logs/tiny/version_0/config.yaml")
    let result = try Command(
      ["fit", "--config", "tiny.yaml"] + resume + ["--trainer.max_steps", "6", "--trainer.enable_progress_bar", "false"], in: folder
    ).run()
    #expect(result.status == 0 && result.messages.contains("continuing after step 4"), "\(result)")
    #expect(try Checkpoint.read("\(folder.path)/\(Tiny.last)").step == 6)
    #expect(!folder.has("logs/tiny/version_1"))
    #expect(try folder.bytes("logs/tiny/version_0/config.yaml") == frozen, "the first configuration is kept")
    #expect(try text(folder, "logs/tiny/version_0/config-step-4.yaml").contains("max_steps: 6\n"))
    // The run knows its configuration; files need not be named.
    let alone = try Command(["fit", "--resume", "logs/tiny/version_0", "--trainer.max_steps", "7"], in: folder).run()
    #expect(try alone.status == 0 && Checkpoint.read("\(folder.path)/\(Tiny.last)").step == 7, "\(alone)")
  }

  @Test func aFinishedRunHasNothingToDo() throws {
    let folder = try Tiny.trainedFolder()
    let before = try files(folder)
    let result = try fit(folder, "--resume")
    #expect(
      result.status == 0 && result.messages.contains("nothing to do: '\(Tiny.last)' has made 4 steps; raise --trainer.max_steps"),
      "\(result)")
    #expect(try files(folder) == before)
  }

  @Test func aDifferentConfigurationDoesNotGoOn() throws {
    let folder = try Tiny.trainedFolder()
    let before = try files(folder)
    try folder.add("more.yaml", "trainer:\n  max_steps: 9\n  val_check_interval: 3\n")
    let result = try fit(folder, "--config", "more.yaml", "--optimizer.lr", "0.01", "--resume", "--model.channels", "5")
    let rule = "; a run goes on as it began: leave this out, or start a new run without --resume"
    #expect(
      result.messages == """
        error: --model.channels: the run in 'logs/tiny/version_0' has 4, asked for is 5\(rule)
        error: more.yaml:3:23: trainer.val_check_interval: the run in 'logs/tiny/version_0' has 0, asked for is 3\(rule)
             3 |   val_check_interval: 3
               |                       ^
        error: --optimizer.lr: the run in 'logs/tiny/version_0' has 0.0001, asked for is 0.01\(rule)

        """, "\(result)")
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(try files(folder) == before)
  }

  @Test func autoStartsWhereThereIsNothing() throws {
    let folder = try Tiny.folder()
    let result = try fit(folder, "--resume", "auto")
    #expect(result.status == 0 && folder.has(Tiny.last), "\(result)")
  }

  @Test(arguments: [
    ("absent", "--resume: 'absent' is neither a run folder nor a checkpoint in one"),
    ("pictures", "'pictures' is no run folder: it needs config.yaml and checkpoints/last.ckpt"),
    ("tiny.yaml", "--resume: 'tiny.yaml' is neither a run folder nor a checkpoint in one"),
  ])
  func whatIsNoRunDoesNotGoOn(word: String, sentence: String) throws {
    let folder = try Tiny.folder()
    let result = try fit(folder, "--resume", word)
    #expect(result.status == 2 && result.messages == "error: \(sentence)\n", "\(result)")
  }

  @Test func aNewRunFromACheckpointNotesWhatDiffers() throws {
    let folder = try Tiny.trainedFolder()
    let result = try fit(folder, "--ckpt_path", Tiny.last, "--trainer.max_steps", "6", "--optimizer.lr", "0.01", "--data.batch_size", "1")
    #expect(result.status == 0, "\(result)")
    let notes = result.messages.split(separator: "\n").filter { $0.hasPrefix("note: ") }
    #expect(
      notes == [
        "note: data.init_args.batch_size: '\(Tiny.last)' was trained with 2, from here on it is 1",
        "note: optimizer.init_args.lr: '\(Tiny.last)' was trained with 0.0001, from here on it is 0.01",
      ])
    #expect(try Checkpoint.read("\(folder.path)/\(Tiny.last)").step == 4, "the first run is as it was")
    #expect(try Checkpoint.read("\(folder.path)/logs/tiny/version_1/checkpoints/last.ckpt").step == 6)
  }

  @Test func aTrialWritesNothing() throws {
    let folder = try Tiny.trainedFolder()
    let before = try files(folder)
    let stages = [
      ["fit"], ["fit", "--resume"], ["validate", "--ckpt_path", "last"], ["test", "--ckpt_path", "last", "--data.transform", "NoCrop"],
      ["test", "--ckpt_path", "last", "--data.transform", "NoCrop", "--test.save_images", "images"],
    ]
    for stage in stages {
      let result = try Command(stage + ["--config", "tiny.yaml", "--trainer.fast_dev_run", "--trainer.max_steps=6"], in: folder).run()
      #expect(result.status == 0, "\(stage): \(result)")
      #expect(try files(folder) == before && !folder.has("images"), "\(stage)")
    }
  }
}
