import Foundation
import SafeFiles
import Testing
import Weights

/// Studies that are stopped, killed and gone on with.
struct StudyInterruptionTests {
  private static let long = TinyStudy.base.replacing("max_steps: 4", with: "max_steps: 500").replacing(
    "every_n_train_steps: 2", with: "every_n_train_steps: 5")

  /// The rows of the log of the whole training: its steps, and the validation at its end.
  private static let rows = 501

  private func folder() throws -> TestFolder {
    let folder = try TinyStudy.folder(TinyStudy.single)
    try folder.add("base.yaml", Self.long)
    return folder
  }

  /// The steps in the log of the training.
  private func steps(_ folder: TestFolder) -> Int {
    let text = try? folder.text("gdn_fit_q1_mse", "logs/gdn_fit_q1_mse/version_0/metrics.csv")
    return (text?.split(separator: "\n").count ?? 1) - 1
  }

  private func start(_ folder: TestFolder) throws -> Command.Running { try Command(["study", "run", "s.yaml"], in: folder).start() }

  /// Sends a signal to the process that works on the training.
  private func signalUnit(_ folder: TestFolder, _ signal: Int32) throws {
    let state = try folder.text("gdn_fit_q1_mse", "state.json")
    let number = try #require(state.firstMatch(of: /"process" : (\d+)/)).output.1
    kill(try #require(pid_t(number)), signal)
  }

  @Test func afterCtrlCAndAfterAKillTheWeightsAreThoseOfARunInOnePiece() throws {
    let whole = try folder()
    #expect(try whole.study("run", "s.yaml", "--only", "fit").status == 0)

    let folder = try folder()
    // Ctrl-C: the training writes a checkpoint, and the status is that of a signal.
    var run = try start(folder)
    run.wait { steps(folder) > 10 }
    run.process.interrupt()
    let stopped = try run.result()
    #expect(stopped.status == 130, "\(stopped.messages)")
    #expect(stopped.messages.contains("stopped; 0 units were done now, and the same command goes on with the rest"), "\(stopped.messages)")
    #expect(try folder.text("gdn_fit_q1_mse", "state.json").contains("\"phase\" : \"stopped\""))
    #expect(try folder.study("status", "s.yaml").output.contains("stopped"))
    let before = steps(folder)

    // Killed in the middle, runner and unit: what they wrote last says that they run, but nobody holds the lock.
    run = try start(folder)
    run.wait { steps(folder) > before + 10 }
    kill(run.process.processIdentifier, SIGKILL)
    try signalUnit(folder, SIGKILL)
    #expect(try run.result().signal == SIGKILL)
    #expect(try folder.text("gdn_fit_q1_mse", "state.json").contains("\"phase\" : \"running\""))

    let rest = try folder.study("run", "s.yaml")
    #expect(rest.status == 0, "\(rest.messages)")
    #expect(steps(folder) == Self.rows)
    #expect(try Folder.names(in: "\(try folder.unit("gdn_fit_q1_mse"))/logs/gdn_fit_q1_mse") == ["version_0"])
    let last = "logs/gdn_fit_q1_mse/version_0/checkpoints/last.ckpt"
    let (pieces, piece) = (
      try WeightsFile.read("\(folder.unit("gdn_fit_q1_mse"))/\(last)"), try WeightsFile.read("\(whole.unit("gdn_fit_q1_mse"))/\(last)")
    )
    #expect(piece.names.count > 10 && pieces.names == piece.names)
    for name in piece.names { #expect(pieces[name] == piece[name], "\(name)") }
  }

  /// The runner alone is killed: its unit goes on, and the next runner waits for it instead of beginning it again.
  @Test func whatARunnerLeftBehindIsWaitedFor() throws {
    let folder = try folder()
    try folder.add("base.yaml", Self.long.replacing("max_steps: 500", with: "max_steps: 1000000"))
    let run = try start(folder)
    run.wait { steps(folder) > 5 }
    // Its end is seen here only with that of the unit, which has inherited what is listened to.
    kill(run.process.processIdentifier, SIGKILL)
    defer { try? signalUnit(folder, SIGKILL) }
    let next = try start(folder)
    let sentence = "another process works on gdn_fit_q1_mse; it is waited for"
    let patience = ContinuousClock.now + .seconds(60)
    next.wait { (try? String(contentsOfFile: next.messages, encoding: .utf8))?.contains(sentence) ?? false || .now > patience }
    #expect(try folder.study("status", "s.yaml").output.contains("running"))
    // Who waits can be stopped; the unit goes on.
    next.process.interrupt()
    let second = try next.result()
    #expect(second.status == 130 && second.messages.contains(sentence), "\(second.messages)")
    #expect(try folder.study("status", "s.yaml").output.contains("running"))
    #expect(try Folder.names(in: "\(try folder.unit("gdn_fit_q1_mse"))/logs/gdn_fit_q1_mse") == ["version_0"])
  }

  @Test func twoRunnersDoEveryUnitOnce() throws {
    let folder = try TinyStudy.folder()
    let runs = try (0..<2).map { _ in try start(folder) }
    for run in runs {
      let result = try run.result()
      #expect(result.status == 0, "\(result.messages)")
    }
    for name in ["gdn_fit_q1_mse", "gdn_fit_q2_mse", "relu_fit_q1_mse", "relu_fit_q2_mse"] {
      #expect(try Folder.names(in: "\(try folder.unit(name))/logs/\(name)") == ["version_0"])
      let log = try folder.text(name, "log.txt")
      #expect(log.components(separatedBy: "training ended").count <= 2, "\(log)")
    }
    #expect(try Folder.names(in: "\(folder.path)/runs/s/units").filter { !$0.hasPrefix(".") }.count == 9)
  }
}
