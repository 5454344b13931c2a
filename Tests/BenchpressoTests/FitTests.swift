import Benchpresso
import Foundation
import Testing
import Training

/// `fit` as users run it: what it leaves on the disk, however it ends.
@Suite(.serialized) struct FitTests {
  static let endless = ["fit", "--config", "tiny.yaml", "--trainer.max_steps", "1000000"]

  @Test func aRunFolderIsWritten() throws {
    let folder = try Tiny.trainedFolder()
    let run = RunFolder(path: "\(folder.path)/logs/tiny/version_0")
    let checkpoint = try Checkpoint.read(run.last)
    #expect(checkpoint.step == 4 && checkpoint.seed == 5)
    #expect(try Checkpoint.read(run.best).metrics["val_loss"] != nil)
    // The frozen configuration is that of the checkpoint with a header that says what made it.
    let frozen = String(decoding: try folder.bytes("logs/tiny/version_0/config.yaml"), as: UTF8.self)
    #expect(frozen.hasSuffix(checkpoint.configuration))
    let header = frozen.dropLast(checkpoint.configuration.count)
    for words in ["# benchpresso \(BuiltIn.version)", "# host: ", "# stage: fit", "# command: benchpresso fit --config tiny.yaml\n"] {
      #expect(header.contains(words), "\(header)")
    }
    // The resolved configuration trains the same again, byte for byte, into a folder of its own.
    let again = try Command(["fit", "--config", run.configuration], in: folder).run()
    #expect(again.status == 0 && again.output.isEmpty, "\(again)")
    #expect(try folder.bytes("logs/tiny/version_1/checkpoints/last.ckpt") == folder.bytes(Tiny.last))
    #expect(try folder.bytes("logs/tiny/version_1/checkpoints/best.ckpt") == folder.bytes("logs/tiny/version_0/checkpoints/best.ckpt"))
  }

  @Test func aKilledRunContinuesToTheSameWeights() throws {
    let folder = try Tiny.folder()
    let running = try Command(Self.endless, in: folder).start()
    running.wait { folder.has(Tiny.last) }
    kill(running.process.processIdentifier, SIGKILL)
    let killed = try running.result()
    #expect(killed.signal == SIGKILL, "\(killed)")
    let reached = try Checkpoint.read("\(folder.path)/\(Tiny.last)").step
    #expect(reached >= 2)
    try expectSameEnd(folder, steps: reached + 3, continuing: ["fit", "--config", "tiny.yaml", "--resume"])
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalIsAnsweredWithACheckpoint(signal: Int32) throws {
    let folder = try Tiny.folder()
    // Only the checkpoint of the signal is written after the first.
    let running = try Command(Self.endless, in: folder).start()
    running.wait { folder.has(Tiny.last) }
    kill(running.process.processIdentifier, signal)
    let stopped = try running.result()
    #expect(stopped.status == 128 + signal, "\(stopped)")
    let reached = try Checkpoint.read("\(folder.path)/\(Tiny.last)").step
    #expect(stopped.messages.contains("stopped after step \(reached)"), "\(stopped.messages)")
    // The command that the message names, with another end.
    let words = try #require(stopped.messages.split(separator: "continue with: benchpresso ").last).split(whereSeparator: \.isWhitespace)
    try expectSameEnd(folder, steps: reached + 3, continuing: words.map(String.init))
  }

  /// Slurm announces the end of a job's time with SIGUSR1; a stand-in for its `scontrol` is found before the real one.
  @Test func slurmPutsTheJobBackAndItGoesOn() throws {
    let folder = try Tiny.folder()
    try folder.addScript("stub/scontrol", "echo \"$@\" >> \"\(folder.path)/requeued\"")
    let path = "\(folder.path)/stub:\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
    var command = Command(Self.endless, in: folder)
    command.environment = ["PATH": path, "SLURM_JOB_ID": "72", "SLURM_ARRAY_JOB_ID": "70", "SLURM_ARRAY_TASK_ID": "3", "SLURM_PROCID": "0"]
    let running = try command.start()
    running.wait { folder.has(Tiny.last) }
    kill(running.process.processIdentifier, SIGUSR1)
    let stopped = try running.result()
    #expect(stopped.status == 75, "\(stopped)")
    let reached = try Checkpoint.read("\(folder.path)/\(Tiny.last)").step
    #expect(stopped.messages.contains("stopped after step \(reached); job 70_3 is back in the queue"), "\(stopped.messages)")
    #expect(String(decoding: try folder.bytes("requeued"), as: UTF8.self) == "requeue 70_3\n")
    // Slurm starts the same command again.
    command.arguments += ["--trainer.max_steps", "\(reached + 2)"]
    command.environment["SLURM_RESTART_COUNT"] = "1"
    let again = try command.run()
    #expect(again.status == 0 && again.messages.contains("continuing after step \(reached)"), "\(again)")
    #expect(try Checkpoint.read("\(folder.path)/\(Tiny.last)").step == reached + 2)
  }

  @Test func aQueueThatRefusesIsTold() throws {
    let folder = try Tiny.folder()
    try folder.addScript("stub/scontrol", "echo 'slurm_requeue error: Requested operation is presently disabled' >&2; exit 1")
    var command = Command(Self.endless, in: folder)
    command.environment = ["PATH": "\(folder.path)/stub:\(ProcessInfo.processInfo.environment["PATH"] ?? "")", "SLURM_JOB_ID": "72"]
    let running = try command.start()
    running.wait { folder.has(Tiny.last) }
    kill(running.process.processIdentifier, SIGUSR1)
    let stopped = try running.result()
    #expect(stopped.status == 128 + SIGUSR1, "\(stopped)")
    #expect(
      stopped.messages.contains(
        "the job does not go on by itself: 'scontrol requeue 72' ended with status 1: slurm_requeue error: Requested operation"),
      "\(stopped.messages)")
  }

  @Test func aLimitOfFileSizesLeavesTheEarlierCheckpoint() throws {
    let folder = try Tiny.trainedFolder()
    let before = try folder.bytes(Tiny.last)
    // 16 blocks hold the configuration and the metrics but no checkpoint.
    var command = Command(["-c", "ulimit -f 16; exec \"$0\" \"$@\"", Command.program], in: folder)
    command.program = "/bin/sh"
    command.arguments += ["fit", "--config", "tiny.yaml", "--resume", "--trainer.max_steps", "8"]
    let result = try command.run()
    #expect(result.status == 1 && result.output.isEmpty, "\(result)")
    #expect(result.messages.contains("error: cannot write '\(Tiny.last)': the file would be larger than"), "\(result.messages)")
    #expect(try folder.bytes(Tiny.last) == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/logs/tiny/version_0/checkpoints").sorted() == [
        "best.ckpt", "last.ckpt",
      ])
    #expect(try Checkpoint.read("\(folder.path)/\(Tiny.last)").step == 4)
    // With room again it goes on.
    try expectSameEnd(folder, steps: 8, continuing: ["fit", "--config", "tiny.yaml", "--resume"])
  }

  /// A disk of 100 KiB holds one checkpoint of 64 KiB but not the second; it exists for the commands of one shell only.
  @Test(.enabled(if: canMount, "only where a process may mount a disk of its own"))
  func aFullDiskLeavesTheEarlierCheckpoint() throws {
    let folder = try Tiny.folder()
    let script = """
      mkdir disk && mount -t tmpfs -o size=100k none disk || exit 99
      "$0" fit --config tiny.yaml --trainer.default_root_dir disk
      status=$?
      cp disk/tiny/version_0/checkpoints/* .
      exit $status
      """
    var command = Command(["-rm", "/bin/sh", "-c", script, Command.program], in: folder)
    command.program = unshare
    let result = try command.run()
    #expect(result.status == 1 && result.output.isEmpty, "\(result)")
    #expect(
      result.messages.contains("error: cannot write 'disk/tiny/version_0/checkpoints/best.ckpt': the disk is full; "), "\(result.messages)")
    #expect(try Checkpoint.read("\(folder.path)/last.ckpt").step == 2)
    #expect(!folder.has("best.ckpt"))
  }

  @Test func theShippedPhotographs() throws {
    let folder = try TestFolder()
    let photos = ConfigurationFilesTests.root + "/photos"
    let result = try Command(
      [
        "fit", "--data.data_dir", photos, "--data.batch_size", "2", "--data.transform",
        "{class_path: transform.RandomCrop, init_args: {patch_size: 64}}",
        "--model.channels", "4", "--model.expansion_channels", "6", "--trainer.max_steps", "3", "--trainer.threads", "1",
      ], in: folder
    ).run()
    #expect(result.status == 0, "\(result)")
    #expect(try Checkpoint.read("\(folder.path)/logs/experiment/version_0/checkpoints/last.ckpt").step == 3)
  }

  /// Trains on to `steps` and compares with a training that never stopped.
  private func expectSameEnd(_ folder: TestFolder, steps: Int, continuing arguments: [String]) throws {
    let continued = try Command(arguments + ["--trainer.max_steps", "\(steps)"], in: folder).run()
    #expect(continued.status == 0, "\(continued)")
    let whole = try Command(["fit", "--config", "tiny.yaml", "--name", "whole", "--trainer.max_steps", "\(steps)"], in: folder).run()
    #expect(whole.status == 0, "\(whole)")
    let (left, right) = try (
      Checkpoint.read("\(folder.path)/\(Tiny.last)"), Checkpoint.read("\(folder.path)/logs/whole/version_0/checkpoints/last.ckpt")
    )
    #expect(left.step == steps && right.step == steps)
    #expect(left.model == right.model)
    #expect(left.optimizers == right.optimizers)
    // The log has every step once, with the same numbers.
    let (leftLog, rightLog) = try (log(folder, "tiny"), log(folder, "whole"))
    #expect(leftLog.count == steps && leftLog == rightLog)
  }

  /// The lines of all steps without their last number, the speed.
  private func log(_ folder: TestFolder, _ name: String) throws -> [String] {
    String(decoding: try folder.bytes("logs/\(name)/version_0/metrics.csv"), as: UTF8.self).split(separator: "\n")
      .filter { $0.contains(",train,") }.map { $0.split(separator: ",").dropLast(3).joined(separator: ",") }
  }
}

private let unshare = "/usr/bin/unshare"

/// Whether a process may have mounts of its own.
private let canMount: Bool = {
  #if os(Linux)
    guard FileManager.default.isExecutableFile(atPath: unshare), let folder = try? TestFolder() else { return false }
    var command = Command(["-rm", "/bin/sh", "-c", "mount -t tmpfs -o size=4k none ."], in: folder)
    command.program = unshare
    return (try? command.run())?.status == 0
  #else
    return false
  #endif
}()
