import Foundation
import SafeFiles
import Testing

/// Studies in a real Slurm of one node, which runs while the test does.
///
/// `make test-slurm` asks for it with BENCHPRESSO_SLURM_TESTS=1: beside the other tests Slurm loses its patience with a busy machine.
@Suite(.enabled(if: SlurmCluster.isThere)) struct SlurmTests {
  /// A training that needs some seconds, and one that fails: the first is stopped as at the end of its time, goes back into the queue and on.
  @Test(.timeLimit(.minutes(4))) func aStudyWithAFailureAndAJobWhoseTimeIsOver() throws {
    let failing = "{data.transform: {class_path: transform.RandomCrop, init_args: {patch_size: 64}}}"
    let folder = try TinyStudy.folder(
      TinyStudy.study.replacing("gdn: {}", with: "gdn: \(failing)") + "launcher: {kind: slurm, slurm: {cpus: 1, signal_s: 30}}\n")
    try folder.add("base.yaml", TinyStudy.base.replacing("max_steps: 4", with: "max_steps: 150"))
    let cluster = try SlurmCluster(folder)
    defer { cluster.stop() }
    let submitted = try folder.study("submit", "s.yaml", environment: cluster.environment)
    #expect(submitted.status == 0 && submitted.output.hasPrefix("fit: job 1\n"), "\(submitted)")

    // What Slurm sends to the process of a job some time before the end.
    let state = { (name: String) in (try? folder.text(name, "state.json")) ?? "" }
    try cluster.wait {
      (try? folder.text("relu_fit_q2_mse", "logs/relu_fit_q2_mse/version_0/metrics.csv"))?.split(separator: "\n").count ?? 0 > 20
    }
    _ = try cluster.run("scancel", "--signal=USR1", "--batch", "1_3")
    try cluster.wait { state("relu_fit_q2_mse").contains("\"stopped\"") }
    try cluster.wait { (try? cluster.run("squeue", "--noheader", "--jobs=1_3", "--format=%t %r"))?.hasPrefix("PD") ?? false }
    #expect(try cluster.run("scontrol", "show", "job", "1_3").contains("Restarts=1"))
    // A job that was put back waits for two minutes; not here.
    _ = try cluster.run("scontrol", "update", "JobId=1_3", "StartTime=now")

    try cluster.wait { (try? cluster.run("squeue", "--noheader"))?.isEmpty ?? false }
    let status = try folder.study("status", "runs/s", "--units")
    // The failure has stopped its dependants alone; nothing waits for ever, and the last job has compared what there is.
    #expect(status.messages.hasPrefix("5 done, 1 failed, 3 blocked\n"), "\(status)")
    #expect(try Folder.names(in: "\(try folder.unit("relu_fit_q2_mse"))/logs/relu_fit_q2_mse") == ["version_0"], "it went on")
    #expect(folder.has("runs/s/comparison.json") && folder.has("runs/s/curves/photos/relu.json"))
    // What is handed over once more is what is open: nothing, until the failure is tried again.
    let again = try folder.study("submit", "s.yaml", environment: cluster.environment)
    #expect(again.status == 1 && again.messages.contains("--rerun failed"), "\(again)")
  }
}

/// A Slurm of this machine alone.
private struct SlurmCluster {
  static var isThere: Bool {
    #if os(Linux)
      return ProcessInfo.processInfo.environment["BENCHPRESSO_SLURM_TESTS"] == "1" && getuid() == 0
        && ["sbin/munged", "sbin/slurmctld", "sbin/slurmd", "bin/sbatch"].allSatisfy {
          FileManager.default.isExecutableFile(atPath: "/usr/\($0)")
        }
    #else
      return false
    #endif
  }

  private let folder: TestFolder
  let environment: [String: String]

  init(_ folder: TestFolder) throws {
    self.folder = folder
    environment = ["SLURM_CONF": "\(folder.path)/slurm/slurm.conf"]
    _ = try run(Self.script, "start", "\(folder.path)/slurm")
  }

  private static let script = "\(ConfigurationFilesTests.root)/scripts/single-node-slurm"

  func stop() { _ = try? run(Self.script, "stop", "\(folder.path)/slurm") }

  /// Runs a command that has to succeed.
  func run(_ words: String...) throws -> String {
    var command = Command(["-c", "exec \"$@\"", "sh"] + words, in: folder)
    command.program = "/bin/sh"
    command.environment = environment
    let result = try command.run()
    guard result.status == 0 else { throw Tiny.Failed(messages: "\(words): \(result.messages)") }
    return result.output
  }

  /// Waits until something is so.
  func wait(until isSo: () -> Bool) throws {
    let patience = ContinuousClock.now + .seconds(100)
    while !isSo() {
      guard ContinuousClock.now < patience else { throw Tiny.Failed(messages: "it did not happen: \((try? run("squeue")) ?? "")") }
      usleep(100_000)
    }
  }
}
